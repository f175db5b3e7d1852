"""Staff who move the same date, or withdraw the same call, at the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from calls.chain.changes import CallWithdrawal, DeadlineChange
from calls.chain.models import Deadline
from calls.moving import deadlines
from notifications.outbox.models import Message
from tests.factories.hub import CallFactory, DeadlineFactory
from tests.factories.notifications import SubscriptionFactory
from tests.meanwhile import while_uncommitted

pytestmark = pytest.mark.django_db(transaction=True)

WHY = {"en": "The meeting is a week later."}


@pytest.fixture
def deadline() -> Deadline:
    SubscriptionFactory.create(topic="calls")
    return DeadlineFactory.create(call=CallFactory.create(), due_at=timezone.now() + timedelta(days=30))


def move(deadline: Deadline, *, days: int) -> DeadlineChange:
    fresh = Deadline.objects.select_related("call").get(pk=deadline.pk)
    due_at = deadline.due_at + timedelta(days=days)
    return deadlines.move(fresh, due_at=due_at, reason=WHY, by=None, seen_version=1)


def withdraw(deadline: Deadline) -> CallWithdrawal:
    return deadlines.withdraw(deadline.call, reason=WHY, by=None)


def test_the_second_move_learns_of_the_first(deadline: Deadline) -> None:
    said = while_uncommitted(lambda: move(deadline, days=7), lambda: move(deadline, days=9))
    assert isinstance(said, str)
    assert Deadline.objects.get().due_at == deadline.due_at + timedelta(days=7)
    assert (DeadlineChange.objects.count(), Message.objects.count()) == (1, 1)


def test_the_same_move_is_one(deadline: Deadline) -> None:
    first: list[object] = []
    second = while_uncommitted(lambda: first.append(move(deadline, days=7)), lambda: move(deadline, days=7))
    assert first == [second]
    assert Message.objects.count() == 1


def test_withdrawn_twice_it_is_withdrawn_once(deadline: Deadline) -> None:
    first: list[object] = []
    second = while_uncommitted(lambda: first.append(withdraw(deadline)), lambda: withdraw(deadline))
    assert first == [second]
    assert Message.objects.count() == 1


def test_a_date_of_what_was_just_withdrawn_does_not_move(deadline: Deadline) -> None:
    said = while_uncommitted(lambda: withdraw(deadline), lambda: move(deadline, days=7))
    assert isinstance(said, str)
    assert not DeadlineChange.objects.exists()


def test_what_just_moved_is_withdrawn_with_its_new_date(deadline: Deadline) -> None:
    assert isinstance(while_uncommitted(lambda: move(deadline, days=7), lambda: withdraw(deadline)), CallWithdrawal)
    assert set(Message.objects.values_list("kind", "status")) == {
        ("calls/deadline_moved", "withdrawn"),
        ("calls/call_withdrawn", "queued"),
    }
