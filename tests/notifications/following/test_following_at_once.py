"""Somebody asks again to follow something while the first request is being confirmed or stopped."""

import pytest

from notifications.following import subscribing
from notifications.outbox.models import Message
from notifications.subscriptions.links import confirm_token
from notifications.subscriptions.models import Subscription
from tests.meanwhile import while_uncommitted

pytestmark = pytest.mark.django_db(transaction=True)


def ask(*, offsets: list[int]) -> Subscription:
    return subscribing.ask(
        email="reader@example.org", topic="calls", language="en", offsets=offsets, wording="I want to hear of it."
    )


def test_asking_again_does_not_undo_what_was_just_confirmed() -> None:
    first = ask(offsets=[24])
    token = confirm_token(first, language="en", offsets=[24])
    held = Subscription.objects.select_for_update()
    while_uncommitted(held.get, lambda: ask(offsets=[168]), last=lambda: subscribing.confirm(token))
    found = Subscription.objects.get()
    assert (found.status, found.offsets) == (Subscription.Status.ACTIVE, [24])
    assert found.confirmed_at is not None
    assert Message.objects.filter(kind=subscribing.ALREADY).count() == 1


def test_confirming_what_was_just_asked_anew_confirms_the_latest_row() -> None:
    token = confirm_token(ask(offsets=[24]), language="en", offsets=[24])
    confirmed = while_uncommitted(lambda: ask(offsets=[168]), lambda: subscribing.confirm(token))
    found = Subscription.objects.get()
    assert confirmed == found
    assert (found.status, found.offsets) == (Subscription.Status.ACTIVE, [24])


def test_two_requests_at_once_are_one_row_and_one_mail() -> None:
    while_uncommitted(lambda: ask(offsets=[24]), lambda: ask(offsets=[24]))
    assert Subscription.objects.count() == 1
    assert Message.objects.filter(kind=subscribing.CONFIRM).count() == 1
