"""What must happen one after the other does, and what need not wait does not: each fails without its lock."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from allauth.core import context
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from notifications.delivery import pauses, sending
from notifications.delivery.models import Pause
from notifications.following import managing, subscribing
from notifications.outbox import outbox
from notifications.outbox.mailbox_cap import TYPED
from notifications.outbox.models import Message
from notifications.subscriptions import topics
from notifications.subscriptions.models import Subscription
from tests.factories.notifications import MessageFactory, SubscriptionFactory
from tests.meanwhile import while_uncommitted

pytestmark = pytest.mark.django_db(transaction=True)

PSYCOPG = {"host", "port", "dbname", "user", "password"}
SOON = 0.7


@pytest.fixture(autouse=True)
def _topic(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(identifiers: Sequence[str], language: str) -> dict[str, topics.Topic]:
        return {key: topics.Topic("Call", "/en/calls/x/", has_deadlines=True) for key in identifiers}

    monkeypatch.setitem(topics._resolvers, "call", resolve)


@contextmanager
def held(table: str, pk: int) -> Iterator[None]:
    """Somebody else works on this row."""
    parameters = {key: value for key, value in connection.get_connection_params().items() if key in PSYCOPG}
    with psycopg.connect(**parameters) as other:
        other.execute(f"SELECT id FROM {table} WHERE id = %s FOR UPDATE".encode(), [pk])  # our own names
        yield


def elsewhere(pool: ThreadPoolExecutor, act: Any, *given: Any, **also: Any) -> Future[Any]:
    """Do it in a thread with a connection of its own."""

    def run() -> Any:
        try:
            return act(*given, **also)
        finally:
            connection.close()

    return pool.submit(run)


def wish(**changes: Any) -> dict[str, Any]:
    return {
        "email": "a@example.org",
        "topic": "call:12",
        "language": "en",
        "offsets": [24],
        "wording": "Yes.",
    } | changes


@pytest.mark.parametrize("status", Subscription.Status.values)
def test_asking_again_waits_for_who_asks_already(status: str) -> None:
    follower = SubscriptionFactory.create(email="a@example.org", topic="call:12", status=status, offsets=[24])
    with ThreadPoolExecutor(1) as pool:
        with held("notifications_subscription", follower.pk):
            asking = elsewhere(pool, subscribing.ask, **wish())
            with pytest.raises(TimeoutError):
                asking.result(timeout=SOON)
        asking.result(timeout=10)


@pytest.mark.parametrize("status", Subscription.Status.values)
def test_the_same_wish_at_the_same_time_is_one_mail(status: str) -> None:
    SubscriptionFactory.create(email="a@example.org", topic="call:12", status=status, offsets=[24])
    with ThreadPoolExecutor(8) as pool:
        for asking in [elsewhere(pool, subscribing.ask, **wish()) for _number in range(16)]:
            asking.result(timeout=30)
    assert Message.objects.count() == 1


def test_the_same_link_asked_for_at_the_same_time_is_one_mail() -> None:
    follower = SubscriptionFactory.create(email="a@example.org")
    with ThreadPoolExecutor(8) as pool:
        with held("notifications_subscription", follower.pk):
            first = elsewhere(pool, managing.send_link, "a@example.org")
            with pytest.raises(TimeoutError):
                first.result(timeout=SOON)
        for asking in [elsewhere(pool, managing.send_link, "a@example.org") for _number in range(16)]:
            asking.result(timeout=30)
    assert Message.objects.count() == 1


def caused_by_a_stranger(line: int) -> None:
    request = RequestFactory().post("/", REMOTE_ADDR=f"198.51.{line}.7")
    request.user = AnonymousUser()
    with context.request_context(request):
        outbox.queue("notifications/confirm", to="a@example.org", language="en", context={}, dedupe_key=f"by:{line}")


def test_strangers_at_the_same_moment_share_one_cap() -> None:
    def fill() -> None:
        for line in range(TYPED.in_all):
            caused_by_a_stranger(line)

    while_uncommitted(fill, lambda: caused_by_a_stranger(99))
    soon = timezone.now() + timedelta(minutes=1)
    assert Message.objects.filter(due_at__lte=soon).count() == TYPED.in_all
    assert Message.objects.get(dedupe_key="by:99").due_at > soon


def test_a_mail_that_somebody_else_takes_is_passed_over_at_once() -> None:
    first, second = MessageFactory.create(), MessageFactory.create()
    with ThreadPoolExecutor(1) as pool, held("notifications_message", first.pk):
        claimed = elsewhere(pool, sending.claim).result(timeout=5)
    assert [message.pk for message in claimed] == [second.pk]


def test_many_who_claim_at_once_never_take_the_same_mail() -> None:
    MessageFactory.create_batch(60)
    with ThreadPoolExecutor(6) as pool:
        claims = [elsewhere(pool, sending.claim, 10) for _number in range(6)]
        taken = [message.pk for claim in claims for message in claim.result(timeout=30)]
    assert len(taken) == len(set(taken)) == 60


def test_one_of_many_workers_tries_after_a_pause() -> None:
    pauses.shut_out(domain="one.example", reason="550 No", trying=False)
    Pause.objects.update(until=timezone.now() - timedelta(seconds=1))
    with ThreadPoolExecutor(6) as pool:
        turns = [elsewhere(pool, pauses.take_turn) for _number in range(12)]
        assert sum(turn.result(timeout=30) for turn in turns) == 1


def test_many_workers_that_are_refused_at_once_make_one_pause_of_one_step() -> None:
    def refuse() -> None:
        pauses.refused(domain="one.example", reason="554 blocked", everything=True, trying=False)

    with ThreadPoolExecutor(6) as pool:
        for refusal in [elsewhere(pool, refuse) for _number in range(12)]:
            refusal.result(timeout=30)
    assert {pause.refusals for pause in Pause.objects.all()} == {1}
