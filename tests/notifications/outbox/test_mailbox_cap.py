"""Strangers fill nobody's mailbox, whatever form they use, and nothing that was done is lost for it."""

import os
import re
from collections import Counter
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.public_forms import throttling
from accounts.signing_in.adapter import TRIES_PER_ACCOUNT
from accounts.users.models import User
from consortia.interest.models import Interest
from events.seats.models import Registration
from notifications.outbox import mailbox_cap, outbox
from notifications.outbox.mailbox_cap import NAMED, SIGNING_IN, TYPED
from notifications.outbox.models import Message, UninvitedMail
from tests.factories.accounts import UserFactory
from tests.factories.notifications import SubscriptionFactory
from tests.public_forms import public_forms
from tests.test_architecture import LEFT_OF

pytestmark = pytest.mark.django_db

VICTIM = "victim@example.org"
HOUR = timedelta(hours=1)


def request_from(address: str = "198.51.100.7", user: Any = None) -> HttpRequest:
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    request.user = user or AnonymousUser()
    return request


def caused(number: int, *, by: HttpRequest, kind: str = "notifications/confirm", **more: Any) -> None:
    with context.request_context(by):
        for _each in range(number):
            key = f"{kind}:{Message.objects.count()}"
            outbox.queue(kind, to=VICTIM, language="en", context={}, dedupe_key=key, **more)


def due() -> list[datetime]:
    waiting = Message.objects.filter(status=Message.Status.QUEUED)
    return sorted(waiting.values_list("due_at", flat=True))


def most_within_an_hour(moments: list[datetime]) -> int:
    return max((sum(start <= moment < start + HOUR for moment in moments) for start in moments), default=0)


def now_due() -> int:
    return sum(moment <= timezone.now() + timedelta(seconds=1) for moment in due())


def test_the_documents_tell_the_numbers() -> None:
    """What people are promised, and what the tests below only compare with itself: mail and forms by one and by all."""
    page = (settings.BASE_DIR / "docs" / "reliability.md").read_text()
    told = re.findall(r"(?m)^\| to (?:an address|sign in|a mailbox)[^|]+\| (\d+) \| (\d+) \|$", page)
    assert told == [(str(each.by_one), str(each.in_all)) for each in (TYPED, SIGNING_IN, NAMED)]
    assert "at most three hours of it for typed addresses" in page
    assert mailbox_cap.LONGEST_QUEUE == 3
    forms = re.search(
        r"hour: (\d+) of one person .*?, (\d+) from one line .*?,\s+(\d+) from one network", page, re.DOTALL
    )
    limits = (throttling.ACTS_OF_ONE, throttling.ACTS_FROM_ONE, throttling.ACTS_FROM_NETWORK)
    assert forms
    assert forms.groups() == tuple(map(str, limits))
    passwords = re.search(r"(\d+) different ones an hour from one line, (\d+) from one network", page)
    assert passwords
    assert passwords.groups() == (str(throttling.GUESSES_OF_ONE), str(throttling.GUESSES_FROM_NETWORK))
    assert f"{TRIES_PER_ACCOUNT} an hour by all" in page


def test_one_visitor_fills_a_part_of_the_cap_and_the_next_one_still_gets_through() -> None:
    caused(8, by=request_from())
    assert now_due() == TYPED.by_one
    caused(1, by=request_from("203.0.113.9"))
    assert now_due() == TYPED.by_one + 1


def test_all_together_fill_no_more_than_the_cap_in_any_hour() -> None:
    for host in range(12):
        caused(3, by=request_from(f"198.51.{host}.7"))
    assert now_due() == TYPED.in_all
    assert most_within_an_hour(due()) == TYPED.in_all


def test_what_is_over_the_cap_waits_and_is_not_dropped() -> None:
    caused(TYPED.by_one * 2, by=request_from())
    assert len(due()) == TYPED.by_one * 2
    assert min(due()) + HOUR <= max(due()) <= timezone.now() + HOUR + timedelta(minutes=1)


def test_so_much_waits_and_no_more_and_staff_can_read_why() -> None:
    for host in range(60):
        caused(5, by=request_from(f"198.51.{host}.7"))
    waiting = [moment for moment in due() if moment > timezone.now() + timedelta(minutes=1)]
    assert len(waiting) == TYPED.in_all * mailbox_cap.LONGEST_QUEUE
    withdrawn = Message.objects.filter(status=Message.Status.WITHDRAWN)
    assert {message.error for message in withdrawn} == {outbox.CROWDED}


def test_codes_to_sign_in_have_room_of_their_own() -> None:
    for host in range(12):
        caused(3, by=request_from(f"198.51.{host}.7"))
    caused(1, by=request_from("203.0.113.9"), kind="accounts/mail", expires_at=timezone.now() + timedelta(minutes=15))
    assert now_due() == TYPED.in_all + 1
    for host in range(12):
        caused(3, by=request_from(f"192.0.{host}.7"), kind="accounts/mail")
    assert now_due() == SIGNING_IN.in_all


def test_what_waits_counts_before_it_leaves() -> None:
    """Else a visitor whose mails wait for others gets more than their part in the hour in which they leave."""
    for host in range(3):
        caused(2, by=request_from(f"198.51.{host}.7"))
    visitor = request_from("203.0.113.9")
    caused(3, by=visitor)
    caused(2, by=visitor, kind="accounts/mail")
    own = list(Message.objects.order_by("pk").values_list("due_at", flat=True)[TYPED.in_all :])
    assert [most_within_an_hour(own), now_due()] == [SIGNING_IN.by_one, TYPED.in_all + 1]


def test_a_mail_that_would_come_too_late_is_taken_back_at_once() -> None:
    caused(TYPED.by_one + 1, by=request_from(), expires_at=timezone.now() + timedelta(minutes=30))
    assert Message.objects.filter(status=Message.Status.WITHDRAWN).count() == 1


def test_a_mailbox_that_is_there_to_be_written_to_loses_no_letter() -> None:
    for host in range(5):
        caused(NAMED.by_one * 2, by=request_from(f"198.51.{host}.7"), allowance=NAMED)
    assert len(due()) == NAMED.by_one * 2 * 5
    assert now_due() == NAMED.in_all
    assert most_within_an_hour(due()) == NAMED.in_all


def test_one_household_is_one_visitor_however_many_addresses_it_has() -> None:
    for host in range(8):
        caused(1, by=request_from(f"2001:db8:1:{host}::{host}"))
    assert now_due() == TYPED.by_one


def test_the_owner_staff_and_work_in_the_background_are_no_strangers(administrator_user: User) -> None:
    owner = UserFactory.create(email=VICTIM)
    for user in (owner, administrator_user):
        caused(10, by=request_from(user=user))
    for number in range(10):
        outbox.queue("notifications/confirm", to=VICTIM, language="en", context={}, dedupe_key=f"worker:{number}")
    assert now_due() == 30
    assert not UninvitedMail.objects.exists()


def test_an_address_that_was_never_proved_makes_no_owner() -> None:
    caused(10, by=request_from(user=UserFactory.create(email=VICTIM, verified=False)))
    assert now_due() == TYPED.by_one


def test_a_mail_that_was_written_before_takes_no_turn() -> None:
    with context.request_context(request_from()):
        for _each in range(10):
            outbox.queue("notifications/confirm", to=VICTIM, language="en", context={}, dedupe_key="the same")
    assert UninvitedMail.objects.count() == 1


def test_neither_address_nor_network_is_kept_and_the_count_goes_after_an_hour() -> None:
    caused(1, by=request_from())
    row = UninvitedMail.objects.get()
    assert VICTIM not in row.mailbox
    assert "198" not in {row.source, row.source[:3]}
    assert mailbox_cap.forget() == 0
    UninvitedMail.objects.update(due_at=timezone.now() - timedelta(minutes=61))
    assert mailbox_cap.forget() == 1
    assert not UninvitedMail.objects.exists()


def test_all_public_forms_together_fill_one_cap_and_every_act_is_kept() -> None:
    """The same stranger goes from form to form, from one address and then from others."""
    SubscriptionFactory.create(email=VICTIM, topic="news")
    forms = [form for form in public_forms(email=VICTIM).values() if form.writes_to_sender]
    for number in range(6):
        client = Client(REMOTE_ADDR=f"198.51.{number}.7", headers={"accept-language": "en"})
        for form in forms:
            different = {form.differs: f"Different {number}"} if form.differs else {}
            assert client.post(form.path, form.filled_in(**different)).status_code in {302, 429}
    to_victim = Message.objects.filter(to_email=VICTIM)
    assert to_victim.filter(due_at__lte=timezone.now()).exclude(status="withdrawn").count() <= SIGNING_IN.in_all
    assert {"events/registered", "consortia/confirm_interest", "notifications/confirm", "accounts/mail"} <= set(
        to_victim.values_list("kind", flat=True)
    )
    assert Registration.objects.confirmed().filter(email=VICTIM).count() >= 1
    assert Interest.objects.filter(email=VICTIM).count() == 6


def test_codes_and_links_of_accounts_fill_the_same_cap() -> None:
    UserFactory.create(email=VICTIM)
    for number in range(6):
        client = Client(REMOTE_ADDR=f"198.51.{number}.7")
        for path in ("/accounts/login/code/", "/accounts/password/reset/"):
            assert client.post(path, {"email": VICTIM}).status_code == 302, "nobody is refused for a stranger's sake"
    kinds = Counter(Message.objects.filter(status="queued", due_at__lte=timezone.now()).values_list("kind", flat=True))
    assert kinds == {"accounts/mail": SIGNING_IN.in_all}


def _prefixes() -> list[str]:
    folder = Path(str(files("allauth"))) / "templates"
    ours = Path(settings.BASE_DIR) / "templates"
    found = [path for root in (folder, ours) for path in root.glob("*/email/*_subject.txt")]
    names = {str(path).rpartition(f"templates{os.sep}")[2].removesuffix("_subject.txt") for path in found}
    return sorted(name for name in names if not name.startswith("socialaccount"))


@pytest.mark.parametrize("prefix", _prefixes())
def test_every_mail_of_allauth_is_capped_and_names_nobody(prefix: str) -> None:
    """Whatever an account calls itself, its mail to an address that was typed says none of it."""
    stranger = UserFactory.create(first_name="Win at", last_name="casino.example", email="stranger@example.org")
    with context.request_context(request_from()):
        for _each in range(10):
            facts = {"user": stranger, "code": "ABCD", "key": "x", "password_reset_url": "http://localhost:8000/x"}
            get_adapter().send_mail(prefix, VICTIM, facts)
    assert now_due() == SIGNING_IN.by_one
    words = Message.objects.first()
    assert words is not None
    assert "casino" not in str(words.context)


def test_single_mails_are_written_in_one_place() -> None:
    """All rows are written by the outbox; who writes to many, past the cap but for typed addresses, is known here."""
    assert _modules_with(r"Message\.objects\.\w*create\(|message\.save\(") == {"notifications/outbox/outbox.py"}
    assert _modules_with(r"\bqueue_many\(") == {
        "notifications/outbox/outbox.py",
        "notifications/outbox/telling.py",
        "events/seats/emails.py",
        "events/afterwards/emails.py",
        "consortia/board/emails.py",
        "consortia/recommendation/emails.py",
    }


def _modules_with(pattern: str) -> set[str]:
    made = re.compile(pattern)
    return {
        str(path.relative_to(settings.BASE_DIR))
        for app in LEFT_OF
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py")
        if made.search(path.read_text())
    }


# Each spelling reaches the mailbox of the first: by the note behind a plus, by quotes, by letters that servers write
# alike, by dots where they do not count.
SAME_MAILBOX = {
    "victim@example.org": [
        "Victim+a@Example.org",
        "victim+b+c@example.org",
        '"victim"@example.org',
        '"vic\\tim+d"@example.org',
        "victim@\uff45xample.org",
        "victim@examp\u2113e.org",
    ],
    "a.victim@gmail.com": ["avictim@gmail.com", "a.vic.tim+x@googlemail.com"],
    "victim@bücher.example": ["victim@xn--bcher-kva.example", "victim@BU\u0308CHER.example"],
}
OTHER_MAILBOXES = ["a.victim@example.org", "avictim@example.org", "+victim@example.org", "victim@example.com"]


@pytest.mark.parametrize("first", SAME_MAILBOX)
def test_another_spelling_of_the_address_is_no_other_mailbox(first: str) -> None:
    with context.request_context(request_from()):
        for number, spelling in enumerate([first, *SAME_MAILBOX[first]] * 3):
            outbox.queue("accounts/mail", to=spelling, language="en", context={}, dedupe_key=f"mail:{number}")
    assert now_due() == SIGNING_IN.by_one


def test_who_only_resembles_somebody_has_a_mailbox_of_their_own() -> None:
    assert len({mailbox_cap.mailbox_of(each) for each in ["victim@example.org", *OTHER_MAILBOXES]}) == 5
    assert {mailbox_cap.mailbox_of(each) for each in ("@", "nobody", "v@" + "x" * 300, "v@a..b")}


def test_a_code_that_gets_no_turn_is_not_kept() -> None:
    by = request_from()
    caused(SIGNING_IN.by_one * 2, by=by, kind="accounts/mail")
    with context.request_context(by):
        outbox.queue(
            "accounts/mail", to=VICTIM, language="en", context={"text": "Your code: 123"}, dedupe_key="account:one-more"
        )
    refused = Message.objects.get(status=Message.Status.WITHDRAWN)
    assert (refused.error, refused.context) == (outbox.CROWDED, {})
