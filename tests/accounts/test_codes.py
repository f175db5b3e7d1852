"""A code that was asked for and never mailed opens nothing: else each asking would be three guesses more."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from accounts.signing_in.adapter import AccountAdapter
from notifications.outbox.mailbox_cap import SIGNING_IN
from notifications.outbox.models import Message
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "known@example.org", "other@example.org"
ASK, CONFIRM = "/accounts/login/code/", "/accounts/login/code/confirm/"
# What the next code will be, for whoever guesses well.
GUESSED = "BCDF-GHJK"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """All codes are the one that is guessed."""
    for name in ("generate_login_code", "generate_email_verification_code"):
        monkeypatch.setattr(AccountAdapter, name, lambda self: GUESSED)


def ask(email: str) -> Client:
    """The browser of somebody who asked for a code."""
    client = Client()
    assert client.post(ASK, {"email": email}).status_code == 302
    return client


def fill(email: str) -> None:
    """As many codes as one visitor can have mailed there in an hour."""
    for _each in range(SIGNING_IN.by_one):
        ask(email)
    assert Message.objects.filter(to_email=email, status=Message.Status.QUEUED).count() == SIGNING_IN.by_one


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.usefixtures("guessed")
def test_a_code_to_sign_in_that_was_not_mailed_signs_nobody_in() -> None:
    UserFactory.create(email=KNOWN)
    mailed = ask(KNOWN)
    later = [ask(KNOWN) for _each in range(SIGNING_IN.by_one)]
    assert Message.objects.get(status=Message.Status.WITHDRAWN).to_email == KNOWN
    later[-1].post(CONFIRM, {"code": GUESSED})
    assert not is_in(later[-1])
    mailed.post(CONFIRM, {"code": GUESSED})
    assert is_in(mailed), "one that was mailed does"


@pytest.mark.usefixtures("guessed")
@pytest.mark.parametrize("is_crowded", [False, True])
def test_a_code_that_was_not_mailed_proves_no_address(is_crowded: bool) -> None:
    user = UserFactory.create(email=KNOWN, verified=False)
    EmailAddress.objects.create(user=user, email=KNOWN, primary=True)
    if is_crowded:
        fill(KNOWN)
    client = Client()
    client.post("/accounts/login/", {"login": KNOWN, "password": PASSWORD})
    client.post("/accounts/confirm-email/", {"code": GUESSED})
    assert is_in(client) is not is_crowded
    assert EmailAddress.objects.get(email=KNOWN).verified is not is_crowded


def seen(client: Client, email: str) -> list[tuple[int, str, str]]:
    """All that somebody sees who asks for a code and guesses until that ends."""
    answers = [client.post(ASK, {"email": email}), client.get(CONFIRM)]
    answers += [client.post(CONFIRM, {"code": "WRNG-CODE"}) for _guess in range(3)]
    answers.append(client.get("/accounts/login/"))
    return [
        (answer.status_code, answer.get("Location", ""), _same_for_all(answer.content, email)) for answer in answers
    ]


def _same_for_all(page: bytes, email: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value|"X-CSRFToken"): ?"[^"]*"|value="\w{64}"', "", page.decode()).replace(
        email, "…"
    )


def test_nobody_sees_whether_the_code_was_mailed_nor_who_has_an_account() -> None:
    UserFactory.create(email=KNOWN)
    mailed = [seen(Client(), KNOWN), seen(Client(), UNKNOWN)]
    for email in (KNOWN, UNKNOWN):
        for _each in range(SIGNING_IN.by_one - 1):
            ask(email)
    crowded = [seen(Client(), KNOWN), seen(Client(), UNKNOWN)]
    assert Message.objects.get(status=Message.Status.WITHDRAWN).to_email == KNOWN
    assert mailed[0] == mailed[1] == crowded[0] == crowded[1]
    assert [status for status, _location, _page in mailed[0]] == [302, 200, 200, 200, 302, 200]
