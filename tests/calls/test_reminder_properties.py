"""Whatever happens to chains, followers and the system: each reminder at most once, in time, true, and never missed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from calls.chain.changes import DeadlineChange
from calls.chain.models import Call, Deadline
from calls.pages.models import CallPage
from calls.reminders import reminders
from notifications.outbox import outbox
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from notifications.subscriptions.offsets import OFFERED
from tests.factories.hub import CallFactory, add_call_page, add_calls, words
from tests.factories.notifications import SubscriptionFactory
from tests.faults.figures import number

BRUSSELS = ZoneInfo("Europe/Brussels")
START = datetime(2027, 3, 1, 12, tzinfo=UTC)
Key = tuple[int, int, int, int]  # deadline, version, subscription, offset


def moment(due_at: datetime, hours: int, *, has_time: bool = True) -> datetime:
    """When a reminder is due, said differently from the engine."""
    if hours % 24 and has_time:
        return due_at - timedelta(hours=hours)
    day = due_at.astimezone(BRUSSELS).date() - timedelta(days=hours // 24)
    nine = datetime.combine(day, time(9), tzinfo=BRUSSELS).astimezone(UTC)
    return min(nine, due_at - timedelta(hours=hours)) if hours % 24 else nine


@dataclass
class World:
    """A call, its followers, a clock, and what was sent."""

    call: Call
    now: datetime = START
    sent: dict[Key, datetime] = field(default_factory=dict)
    moved: dict[int, datetime] = field(default_factory=dict)

    def queue(self) -> None:
        """The periodic task, from two beats."""
        for _beat in range(2):
            reminders.run(now=self.now)

    def send(self) -> None:
        """What the sender does at this moment: expire, look once more at what it claimed, send."""
        waiting = Message.objects.waiting().filter(kind=reminders.KIND)
        outbox.withdraw_these(waiting.filter(expires_at__lte=self.now), reason="late")
        claimed = list(waiting.filter(due_at__lte=self.now).values_list("pk", flat=True))
        reminders.withdraw_stale(claimed)
        for message in waiting.filter(pk__in=claimed):
            self._take(message)

    def _take(self, message: Message) -> None:
        assert message.subscription_id
        deadline = Deadline.objects.get(pk=message.context["deadline"])
        key = (deadline.pk, deadline.version, message.subscription_id, message.context["hours"])
        assert key not in self.sent, "twice"
        assert message.about == f"deadline:{deadline.pk}:v{deadline.version}", "of a version that is no more"
        assert datetime.fromisoformat(message.context["due_at"]) == deadline.due_at, "of another moment"
        assert self.now < deadline.due_at, "after the deadline"
        assert self.is_public(), "of a call that nobody may see"
        assert message.subscription
        assert message.subscription.status == Subscription.Status.ACTIVE, "to somebody who stopped"
        others = [each for each in self.sent if each[:3] == key[:3] and self.sent[each] == self.now]
        assert not others, "two at the same time about the same date"
        self.sent[key] = self.now
        Message.objects.filter(pk=message.pk).update(status=Message.Status.SENT, sent_at=self.now)

    def is_public(self) -> bool:
        live = CallPage.objects.filter(call=self.call, live=True).exists()
        return live and not Call.objects.get(pk=self.call.pk).withdrawn_at

    def owed(self) -> Iterator[Key]:
        """What everybody must have got, as the system is up right now: the nearest offset that has come."""
        if not self.is_public():
            return
        for deadline in self.call.deadlines.filter(due_at__gt=self.now):
            for follower in Subscription.objects.filter(status=Subscription.Status.ACTIVE):
                come = [(moment(deadline.due_at, each, has_time=deadline.has_time), each) for each in follower.offsets]
                at, hours = max((pair for pair in come if pair[0] <= self.now), default=(None, 0))
                assert follower.confirmed_at
                joined_or_moved = max(follower.confirmed_at, self.moved.get(deadline.pk, follower.confirmed_at))
                if at and at >= joined_or_moved:
                    yield deadline.pk, deadline.version, follower.pk, hours

    def check(self) -> None:
        """Nobody who is owed a reminder went without it or without a nearer one."""
        for key in self.owed():
            told = [each[3] for each in self.sent if each[:3] == key[:3]]
            assert any(hours <= key[3] for hours in told), f"missed {key} at {self.now}, sent {self.sent}"

    def move(self, which: int, days: int) -> None:
        """As `calls.moving.deadlines.move` does, at the world's own time."""
        chain = list(self.call.deadlines.order_by("pk"))
        deadline = chain[which % len(chain)]
        new = max(deadline.due_at, self.now) + timedelta(days=days, hours=1)
        if new <= self.now or self.call.withdrawn_at:
            return
        DeadlineChange.objects.create(
            deadline=deadline,
            call=self.call,
            version=deadline.version + 1,
            old_due_at=deadline.due_at,
            new_due_at=new,
            old_has_time=True,
            new_has_time=True,
            reason=words("Because"),
            moved_at=self.now,
        )
        Deadline.objects.filter(pk=deadline.pk).update(due_at=new, version=F("version") + 1)
        self.moved[deadline.pk] = self.now

    def stop(self, which: int) -> None:
        followers = list(Subscription.objects.order_by("pk"))
        Subscription.objects.filter(pk=followers[which % len(followers)].pk).update(status="stopped")

    def join(self, which: int) -> None:
        followers = list(Subscription.objects.filter(status="stopped").order_by("pk"))
        if followers:
            again = followers[which % len(followers)].pk
            Subscription.objects.filter(pk=again).update(status="active", confirmed_at=self.now)

    def hide(self) -> None:
        CallPage.objects.filter(call=self.call).update(live=False)

    def show(self) -> None:
        CallPage.objects.filter(call=self.call).update(live=True)

    def withdraw(self) -> None:
        Call.objects.filter(pk=self.call.pk).update(withdrawn_at=self.now, withdrawn_reason=words("No money"))
        self.call.refresh_from_db()


def _world(dues: list[datetime], followers: list[set[int]]) -> World:
    call = CallFactory.create(due=dues)
    add_call_page(add_calls(), call)
    for offsets in followers:
        SubscriptionFactory.create(topic=f"call:{call.pk}", offsets=sorted(offsets), confirmed_at=START)
    return World(call)


_STEP = st.one_of(
    st.just(("up",)),
    st.just(("up",)),
    st.just(("queue",)),
    st.just(("send",)),
    st.tuples(st.just("move"), st.integers(0, 2), st.integers(-40, 40)),
    st.tuples(st.just("stop"), st.integers(0, 2)),
    st.tuples(st.just("join"), st.integers(0, 2)),
    st.sampled_from([("hide",), ("show",), ("show",)]),
)
_SLEEP = st.one_of(st.integers(0, 48), st.integers(0, 24 * 25))


class TestAnyStory(TestCase):
    """Random chains, offsets, moves, sleeps, stops; the clock changes on 28 March 2027, in the midst of it."""

    @settings(max_examples=number(15, 500), deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        dues=st.lists(st.integers(1, 90 * 24 * 60), min_size=1, max_size=3),
        followers=st.lists(st.sets(st.sampled_from(OFFERED), min_size=1), min_size=1, max_size=3),
        story=st.lists(st.tuples(_SLEEP, _STEP), min_size=3, max_size=15),
        ends=st.booleans(),
        mere_day=st.booleans(),
    )
    def test_reminders(
        self, dues: list[int], followers: list[set[int]], story: list[tuple[int, Any]], ends: bool, mere_day: bool
    ) -> None:
        world = _world([START + timedelta(minutes=each) for each in dues], followers)
        if mere_day:
            world.call.deadlines.filter(pk=min(each.pk for each in world.call.deadlines.all())).update(has_time=False)
        if ends:
            story = [*story, (1, ("withdraw",)), (1, ("up",)), (30, ("up",))]
        for hours, (action, *arguments) in story:
            world.now += timedelta(hours=hours)
            if action != "up":
                getattr(world, action)(*arguments)
                continue
            world.queue()
            world.send()
            world.check()


@pytest.mark.django_db
def test_what_a_nearer_reminder_overtook_does_not_go_too() -> None:
    """The mail server was away for days while the beat went on: one mail, not one per offset."""
    due = START + timedelta(days=20)
    world = _world([due], [{14 * 24, 7 * 24, 3 * 24}])
    for days in (14, 7, 3):
        world.now = moment(due, days * 24)
        world.queue()
    assert [message.context["hours"] for message in Message.objects.waiting()] == [3 * 24]
    world.send()
    assert [key[3] for key in world.sent] == [3 * 24]


@pytest.mark.django_db
def test_a_clock_that_jumps_back_repeats_nothing() -> None:
    due = START + timedelta(days=20)
    world = _world([due], [{14 * 24, 3}])
    for hours in (14 * 24, 13 * 24, 15 * 24, 14 * 24, 3, 2, 4, 3):
        world.now = due - timedelta(hours=hours)
        world.queue()
        world.send()
    assert sorted(key[3] for key in world.sent) == [3, 14 * 24]
