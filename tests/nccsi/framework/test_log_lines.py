"""No log line tells the token of a link, whatever writes it."""

import io
import logging
import re
import time
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core import signing
from django.test import Client

from accounts.colleagues import inviting
from accounts.personal_data import links as data_links
from accounts.users.models import User
from consortia.consortium.models import Member
from consortia.interest import links as interest_links
from consortia.interest.models import Interest
from consortia.sign_off import links as sign_off_links
from events.door import passes
from events.seats import links as event_links
from learning.experts import naming
from learning.questions.models import Question as LearningQuestion
from nccsi.framework.log_lines import HIDDEN, LineFormatter, clean, without_tokens
from notifications.subscriptions import links
from partners.exchange import reminders as notices
from partners.members import links as invitation_links
from partners.members.models import Invitation
from practices.reconfirmation import owner_requests
from practices.reconfirmation.models import ConfirmationRequest
from tests.environment import BASE_DIR
from tests.factories.accounts import UserFactory
from tests.factories.consortia import InterestFactory
from tests.factories.events import EventFactory, RegistrationFactory, door_pass
from tests.factories.exchange import NoticeFactory
from tests.factories.hub import CallFactory
from tests.factories.notifications import SubscriptionFactory
from tests.routes import Route, routes

SIGNED_ARGUMENTS = {"token", "key", "signature", "sig", "secret", "code", "uidb36", "uidb64"}
# Codes of terms, numbers of rows, and Wagtail's own password reset, which is off: nothing that anybody is sent.
NO_LINK_OF_A_MAIL = {
    *("api:term-detail", "wagtailadmin_password_reset_confirm", "accounts:my_kind"),
    *("learning:theme", "learning:theme_all", "learning:target", "learning:target_all"),
    *("consortia_admin_criterion", "consortia_admin_remove_criterion"),
    *("consortia_admin_part", "consortia_admin_close_part", "consortia_admin_remove_part"),
}


def _reset_key() -> dict[str, str]:
    user = UserFactory.create()
    return {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}


def _confirmation() -> str:
    return links.confirm_token(SubscriptionFactory.create(), language="en", offsets=[30, 7, 1])


def _interest() -> Interest:
    return InterestFactory.create(call=CallFactory.create())


MADE: dict[str, Callable[[], dict[str, str]]] = {
    "account_reset_password_from_key": _reset_key,
    "door:start": lambda: {"token": passes.token_of(door_pass(EventFactory.create()))},
    "events:cancel": lambda: {"token": event_links.cancel_token(RegistrationFactory.create())},
    "events:change": lambda: {"token": event_links.cancel_token(RegistrationFactory.create())},
    "events:hand_over": lambda: {"token": event_links.cancel_token(RegistrationFactory.create())},
    "events:feedback": lambda: {"token": event_links.cancel_token(RegistrationFactory.create())},
    "events:download_certificate": lambda: {"token": event_links.cancel_token(RegistrationFactory.create())},
    "events:confirm": lambda: {"token": event_links.confirm_token(RegistrationFactory.create())},
    "consortia:confirm_interest": lambda: {"token": interest_links.confirm_token(_interest())},
    "consortia:sign_by_mail": lambda: {"token": sign_off_links.token_of(Member(pk=7), User(pk=7))},
    "accounts:data_copy": lambda: {"token": signing.dumps("0f8fad5bd9cb469f" * 2, salt=data_links.COPY_SALT)},
    "accounts:invitation": lambda: {"token": inviting._token(UserFactory.create())},
    "consortia:correct_interest": lambda: {"token": interest_links.correction_token(_interest())},
    "consortia:withdraw_interest": lambda: {"token": interest_links.withdraw_token(_interest())},
    "learning:expert_by_mail": lambda: {"token": naming.token_for(LearningQuestion(pk=7), "a@example.org")},
    "exchange:renew_by_mail": lambda: {"token": notices.token_of(NoticeFactory.create())},
    "partners:invitation": lambda: {"token": invitation_links.token_of(Invitation())},
    "practices:reconfirm": lambda: {"token": owner_requests.token_of(ConfirmationRequest(pk=7))},
    "notifications:confirm": lambda: {"token": _confirmation()},
    "notifications:stop": lambda: {"token": links.stop_token(SubscriptionFactory.create())},
    "notifications:stop_now": lambda: {"token": links.stop_token(SubscriptionFactory.create())},
} | {
    f"notifications:{name}": lambda: {"token": links.manage_token(SubscriptionFactory.create())}
    for name in ("manage", "change", "stop_one", "stop_all", "erase")
}
MADE |= {
    f"accounts:guest_{name}": lambda: {"token": signing.dumps(["a@example.org", 1.5], salt=data_links.GUEST_SALT)}
    for name in ("data", "copy", "erase", "kind")
}


def signed_routes() -> list[Route]:
    """Every address with something signed in it."""
    return [
        route for route in routes() if SIGNED_ARGUMENTS & set(route.arguments) and route.name not in NO_LINK_OF_A_MAIL
    ]


@pytest.fixture
def written() -> Iterator[Callable[[], str]]:
    """What the portal's own handler writes meanwhile."""
    (handler,) = [one for one in logging.getLogger().handlers if isinstance(one.formatter, LineFormatter)]
    assert isinstance(handler, logging.StreamHandler)
    stream = io.StringIO()
    before = handler.setStream(stream)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    yield stream.getvalue
    logging.getLogger().setLevel(level)
    handler.setStream(before)


@pytest.mark.django_db
@pytest.mark.parametrize("route", signed_routes(), ids=lambda route: route.name)
def test_no_entry_holds_the_token_of_a_link(route: Route, client: Client, written: Callable[[], str]) -> None:
    values = MADE[route.name]()
    address = route.filled(lambda name: values.get(name, "1"))
    secret = list(values.values())[-1]
    parts = [part for part in re.split(r"[.:]", secret) if len(part) > 20]
    assert parts
    # Refused by Django and by our views: a wrong method, a page that is not there, one after it.
    client.put(address)
    client.get(f"{address}nothing/")
    client.get(f"/nothing/?next={quote(address, safe='')}")
    try:
        raise ValueError(f"in {address}")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", address)
    logging.getLogger("granian.access").info('"%(method)s %(path)s"', {"method": "GET", "path": address})
    logging.getLogger("celery.app.trace").error("Task failed: %s", f"https://portal.example.eu{address}?language=nl")
    log = written()
    assert "Internal Server Error" in log
    assert "celery.app.trace" in log
    assert "granian.access" in log
    assert HIDDEN in log
    for part in parts:
        assert part not in log


def test_every_kind_of_token_is_hidden_in_an_address_and_in_a_query() -> None:
    for token in (
        signing.dumps({"a": ["word"] * 30}, salt="x", compress=True),
        signing.dumps("x", salt="x"),
        signing.TimestampSigner(salt="x", sep=".").sign("abc"),
        signing.Signer(salt="x").sign("somebody"),
    ):
        for link in (f"/en/x/{token}/", f"/en/x/{token}", f"?t={token}&b=1", f"?t={quote(token, safe='')}&b=1"):
            assert token.rpartition(":")[2].rpartition(".")[2] not in without_tokens(f"GET {link} HTTP/1.1"), link


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /en/practices/a-practice-with-a-very-long-name-that-goes-on-and-on-and-on-for-ever/",
        "Refused at /en/events/0f8fad5b-d9cb-469f-a165-70867728950e.ics",
        "Sent 12 mails in 0.8 s: <0f8fad5b-d9cb-469f-a165-70867728950e@portal.example.eu>",
        'File "/srv/nccsi/venv/lib/python3.11/site-packages/django/core/handlers/exception.py", line 55, in inner',
    ],
)
def test_what_is_not_signed_stays_readable(line: str) -> None:
    assert without_tokens(line) == line


def test_a_long_line_costs_little() -> None:
    started = time.process_time()
    for piece in ("a.", "a:", "a" * 42 + ".", "%3A", "-", "a-123456-"):
        without_tokens(piece * (100_000 // len(piece)))
    for piece in ("1.", "a'", "1:", "\n |", "\nDETAIL: ", "\\nAB "):
        clean(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 5


def test_nothing_is_logged_past_the_formatter() -> None:
    loggers = [logging.getLogger(name) for name in logging.root.manager.loggerDict] + [logging.getLogger()]
    for logger in loggers:
        for handler in logger.handlers:
            ours = isinstance(handler.formatter, LineFormatter)
            of_pytest = type(handler).__module__.startswith("_pytest.")
            assert ours or of_pytest or isinstance(handler, logging.NullHandler), (logger.name, handler)
    named: dict[str, object] = settings.LOGGING["loggers"]  # type: ignore[assignment]  # a dict of several kinds
    assert {"django", "django.server", "granian.access", "_granian"} <= set(named)


def test_nginx_writes_no_line_about_a_request() -> None:
    text = (BASE_DIR / "deploy" / "nginx.conf").read_text()
    http = text[text.index("http {") :]
    assert re.findall(r"^\s*access_log (\S+);", http, re.MULTILINE) == ["off"]
    # Below this level nginx adds the address that was asked for, and the one before it, to what it says.
    assert re.findall(r"^\s*error_log (.+);", http, re.MULTILINE) == ["/dev/stderr alert"]


@pytest.mark.django_db
def test_nobody_writes_a_line_of_their_own(client: Client, written: Callable[[], str]) -> None:
    asked = "/en/x\n2027-01-01 00:00:00 INFO forged\r\x1b[31m\u2028"
    logging.getLogger("granian.access").info('[%s] "GET %s HTTP/1.1" 404', "then", asked)
    client.get(quote(asked))
    text = written()
    assert text.count("/en/x\\n2027") == 2
    assert not [each for each in ("\n2027", "\r", "\x1b", "\u2028") if each in text]
