from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from notifications.outbox import outbox
from notifications.outbox.models import Message
from tests.factories.notifications import MessageFactory, SubscriptionFactory


def queue(key: str = "one", **changes: Any) -> bool:
    """A plain mail under this key."""
    facts: dict[str, Any] = {"to": "reader@example.org", "language": "en", "context": {"title": "A call", "days": 3}}
    return outbox.queue("notifications/confirm", dedupe_key=key, **(facts | changes))


@pytest.mark.django_db
def test_a_key_is_queued_once() -> None:
    assert queue()
    assert not queue()
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_a_language_that_is_not_offered_becomes_the_default(settings: Any) -> None:
    queue(language="xx")
    assert Message.objects.get().language == settings.LANGUAGE_CODE


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_mailed() -> None:
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_key_from_twenty_at_once_is_one_mail() -> None:
    def attempt(_number: int) -> bool:
        try:
            with transaction.atomic():
                return queue()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(attempt, range(20)))
    assert answers.count(True) == 1
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_withdrawing_takes_the_fact_and_its_parts_and_nothing_else() -> None:
    for about in ("event:1", "event:1:seat:4", "event:12", "event:1"):
        MessageFactory.create(about=about)
    sent = MessageFactory.create(about="event:1", status="sent", sent_at="2026-01-01T00:00:00Z")
    assert outbox.withdraw("event:1", reason="It moved.") == 3
    assert set(Message.objects.waiting().values_list("about", flat=True)) == {"event:12"}
    sent.refresh_from_db()
    assert sent.status == Message.Status.SENT


@pytest.mark.django_db
def test_what_is_withdrawn_of_an_account_is_forgotten(settings: Any) -> None:
    settings.DEMO = False
    message = MessageFactory.create(kind="accounts/mail", about="user:1", context={"text": "code 1234"})
    outbox.withdraw("user:1", reason="Gone.")
    message.refresh_from_db()
    assert message.context == {}


@pytest.mark.django_db
def test_only_a_failed_mail_is_sent_again() -> None:
    failed = MessageFactory.create(status="failed", error="550 no", attempts=3)
    assert outbox.resend(failed)
    failed.refresh_from_db()
    assert (failed.status, failed.attempts, failed.error) == ("queued", 0, "")
    assert not outbox.resend(failed)


@pytest.mark.django_db
def test_a_mail_of_a_subscription_knows_it() -> None:
    subscription = SubscriptionFactory.create()
    queue(subscription=subscription)
    outbox.withdraw_subscription(subscription, reason="Stopped.")
    assert Message.objects.get().status == Message.Status.WITHDRAWN
