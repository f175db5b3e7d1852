"""The clock does not tell who has an account: known and unknown addresses take the same time."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.cache import cache
from django.test import Client

from notifications.outbox.models import Message
from tests.conftest import SLOW
from tests.factories.accounts import PASSWORD, UserFactory, hashed

# Interleaved, so that whatever else the machine does meets both alike.
RUNS = 11
# On a busy machine some more, until both met a quiet moment. What does more work has none.
MOST_RUNS = 44
# What the slower may take of the faster's time. Without the even work that is done for both, one hash of a password
# makes it several times as long, and one mail more by half.
WORST = 1.35

Form = Callable[[str], tuple[str, dict[str, str]]]


def sign_in(email: str) -> tuple[str, dict[str, str]]:
    return "/accounts/login/", {"login": email, "password": "a wrong password"}


def code(email: str) -> tuple[str, dict[str, str]]:
    return "/accounts/login/code/", {"email": email}


def reset(email: str) -> tuple[str, dict[str, str]]:
    return "/accounts/password/reset/", {"email": email}


def sign_up(email: str) -> tuple[str, dict[str, str]]:
    return "/accounts/signup/", {"email": email, "password1": PASSWORD, "first_name": "Some", "last_name": "Body"}


def seconds(form: Form, email: str) -> tuple[float, int]:
    """How long the answer takes, and its status."""
    cache.clear()
    client = Client()
    client.get("/accounts/login/")
    address, answers = form(email)
    begun = time.perf_counter()
    answer: Any = client.post(address, answers)
    return time.perf_counter() - begun, answer.status_code


@pytest.fixture
def as_slow_as_in_use(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords cost what they cost outside of tests."""
    monkeypatch.setattr(ScryptPasswordHasher, "work_factor", SLOW)
    hashed.cache_clear()
    yield
    hashed.cache_clear()


def apart(known: list[float], unknown: list[float]) -> float:
    """How many times as long the slower takes: the quickest of each, since whatever else the machine does only adds."""
    slower, faster = sorted([min(known), min(unknown)], reverse=True)
    return slower / faster


@pytest.mark.django_db
@pytest.mark.usefixtures("as_slow_as_in_use")
@pytest.mark.parametrize("form", [sign_in, code, reset, sign_up])
def test_known_and_unknown_addresses_take_the_same_time(form: Form) -> None:
    known: list[float] = []
    unknown: list[float] = []
    statuses = set()
    seconds(form, "warm@example.org")
    while len(known) < RUNS or (apart(known, unknown) >= WORST and len(known) < MOST_RUNS):
        pair = [(known, UserFactory.create().email), (unknown, f"nobody{len(known)}@example.org")]
        for times, email in pair if len(known) % 2 else reversed(pair):
            took, status = seconds(form, email)
            times.append(took)
            statuses.add(status)
    assert len(statuses) == 1, "and the same answer"
    mails = Message.objects.count()
    assert mails == 0 if form is sign_in else mails >= 2 * RUNS
    assert apart(known, unknown) < WORST, f"known {min(known) * 1000:.1f} ms, unknown {min(unknown) * 1000:.1f} ms"
