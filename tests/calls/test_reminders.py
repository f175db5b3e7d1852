from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import Locale

from calls.chain.models import Call, Deadline
from calls.overview.models import CallIndexPage
from calls.pages.models import CallPage
from calls.reminders import reminders
from hub.pages.models import HomePage
from notifications.delivery import sending
from notifications.delivery.rendering import render
from notifications.following import subscribing
from notifications.outbox.models import Message
from notifications.subscriptions.links import stop_token
from notifications.subscriptions.models import Subscription
from tests.factories.notifications import SubscriptionFactory
from tests.smtp_sink import Sink

BRUSSELS = ZoneInfo("Europe/Brussels")
DAY = 24
PSYCOPG = {"host", "port", "user", "password", "dbname"}


def publish(call: Call) -> CallPage:
    """Give a call a live page in English."""
    home = HomePage.objects.get(locale=Locale.objects.get(language_code="en"))
    index = CallIndexPage.objects.filter(locale=home.locale).first()
    if index is None:
        index = home.add_child(instance=CallIndexPage(title="Calls", slug="calls", locale=home.locale))
    page: CallPage = index.add_child(instance=CallPage(title="A public call", call=call, locale=home.locale))
    return page


def at(*moment: int) -> datetime:
    """A moment on a Brussels clock, in UTC: hours subtracted from it are real ones."""
    return datetime(*moment, tzinfo=BRUSSELS).astimezone(UTC)  # type: ignore[arg-type, misc]  # year to minute


def chain(*due: datetime) -> Call:
    """A published call with deadlines at these moments."""
    call = Call.objects.create(title={"en": "The call", "nl": "De oproep"})
    for number, moment in enumerate(due):
        label = {"en": f"Step {number}", "nl": f"Stap {number}"}
        Deadline.objects.create(call=call, due_at=moment, label=label, sort_order=number)
    publish(call)
    return call


def follow(call: Call, *days: int, **changes: Any) -> Subscription:
    facts = {"topic": f"call:{call.pk}", "offsets": [day * DAY for day in days]}
    return SubscriptionFactory.create(**(facts | changes))


def hours() -> list[int]:
    return [message.context["hours"] for message in Message.objects.exclude(status="withdrawn").order_by("pk")]


def leave() -> None:
    """What waits is sent: else the next one would go instead of it."""
    Message.objects.waiting().update(status=Message.Status.SENT, sent_at=timezone.now())


@pytest.mark.django_db
class TestMoments:
    @pytest.mark.parametrize(
        ("due", "days", "moment"),
        [
            # The clock goes forward on 28 March 2027: nine in the morning is seven in UTC then, eight the day before.
            (at(2027, 3, 29, 17, 0), 1, datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
            (at(2027, 3, 28, 17, 0), 1, datetime(2027, 3, 27, 8, 0, tzinfo=UTC)),
            (at(2027, 4, 4, 2, 30), 7, datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
            (at(2027, 4, 27, 23, 59), 30, datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
            # And back on 31 October 2027.
            (at(2027, 11, 1, 0, 30), 1, datetime(2027, 10, 31, 8, 0, tzinfo=UTC)),
            (at(2027, 10, 31, 17, 0), 1, datetime(2027, 10, 30, 7, 0, tzinfo=UTC)),
            (at(2027, 11, 7, 12, 0), 7, datetime(2027, 10, 31, 8, 0, tzinfo=UTC)),
            (at(2027, 11, 30, 17, 0), 30, datetime(2027, 10, 31, 8, 0, tzinfo=UTC)),
        ],
    )
    def test_nine_in_the_morning_in_brussels_whatever_the_clock_does(
        self, due: datetime, days: int, moment: datetime
    ) -> None:
        follow(chain(due), days)
        assert reminders.run(now=moment - timedelta(seconds=1)) == 0
        assert reminders.run(now=moment) == 1
        assert reminders.run(now=moment + timedelta(hours=1)) == 0
        message = Message.objects.get()
        assert (message.due_at, message.expires_at) == (moment, due)

    def test_hours_are_hours(self) -> None:
        due = at(2027, 10, 31, 4, 0)  # two hours after the clock went back
        follow(chain(due), offsets=[3])
        assert reminders.run(now=due - timedelta(hours=3, seconds=1)) == 0
        assert reminders.run(now=due - timedelta(hours=3)) == 1


@pytest.mark.django_db
class TestWhoGetsWhat:
    due = at(2027, 10, 14, 23, 59)

    def test_each_offset_once_and_nothing_after_the_deadline(self) -> None:
        follow(chain(self.due), 30, 7, 1)
        moment = self.due - timedelta(days=40)
        while moment < self.due + timedelta(days=3):
            reminders.run(now=moment)
            reminders.run(now=moment)
            leave()
            moment += timedelta(hours=6)
        assert hours() == [720, 168, 24]

    def test_after_a_long_sleep_only_the_nearest_goes(self) -> None:
        follow(chain(self.due), 30, 7, 1)
        for _time in range(2):
            reminders.run(now=self.due - timedelta(days=2))
        assert hours() == [168]

    def test_nobody_is_reminded_of_what_was_before_they_joined(self) -> None:
        follow(chain(self.due), 30, 7, 1, confirmed_at=self.due - timedelta(days=5))
        reminders.run(now=self.due - timedelta(days=4))
        assert hours() == []
        reminders.run(now=self.due - timedelta(hours=2))
        assert hours() == [24]

    def test_only_who_confirmed_and_did_not_stop(self) -> None:
        call = chain(self.due)
        follow(call, 7, status="pending", confirmed_at=None)
        follow(call, 7, status="stopped")
        assert reminders.run(now=self.due - timedelta(days=3)) == 0

    def test_only_public_calls(self) -> None:
        call = chain(self.due)
        follow(call, 7)
        CallPage.objects.update(live=False)
        assert reminders.run(now=self.due - timedelta(days=3)) == 0
        CallPage.objects.update(live=True)
        Call.objects.update(withdrawn_at=timezone.now())
        assert reminders.run(now=self.due - timedelta(days=3)) == 0

    def test_followers_of_all_calls_hear_of_each_once(self) -> None:
        call, other = chain(self.due), chain(self.due)
        follow(call, 30, 7, topic="calls", email="both@example.org")
        own = follow(call, 1, email="both@example.org")
        reminders.run(now=self.due - timedelta(days=3))
        assert Message.objects.get().context["call"] == other.pk
        reminders.run(now=self.due - timedelta(hours=3))
        assert Message.objects.get(subscription=own).context["hours"] == 24
        subscribing.stop(own)
        Message.objects.filter(subscription=own).update(status="sent", sent_at=timezone.now())
        assert reminders.run(now=self.due - timedelta(hours=2)) == 0

    def test_every_step_of_the_chain_has_its_own(self) -> None:
        follow(chain(self.due, self.due + timedelta(days=2)), 7)
        assert reminders.run(now=self.due - timedelta(days=1)) == 2


@pytest.mark.django_db
class TestStale:
    due = at(2027, 10, 14, 23, 59)

    def queued(self) -> Deadline:
        call = chain(self.due)
        follow(call, 7)
        assert reminders.run(now=self.due - timedelta(days=3)) == 1
        return call.deadlines.get()

    def test_a_moved_date_takes_its_mail_back_and_the_new_one_is_told(self) -> None:
        deadline = self.queued()
        Deadline.objects.update(due_at=self.due + timedelta(days=20), version=2)
        reminders.run(now=self.due - timedelta(days=2))
        assert not Message.objects.waiting().exists()
        reminders.run(now=self.due + timedelta(days=18))
        assert Message.objects.waiting().get().about == f"deadline:{deadline.pk}:v2"

    def test_a_call_that_disappears_and_comes_back_in_time(self) -> None:
        self.queued()
        CallPage.objects.update(live=False)
        reminders.run(now=self.due - timedelta(days=3))
        assert not Message.objects.waiting().exists()
        CallPage.objects.update(live=True)
        reminders.run(now=self.due - timedelta(days=2))
        assert hours() == [168]

    def test_a_deadline_that_was_deleted(self) -> None:
        self.queued()
        Deadline.objects.all().delete()
        assert reminders.withdraw_stale() == 1

    def test_stale_mail_does_not_leave_even_when_it_was_claimed(self, smtp_sink: Sink) -> None:
        self.queued()
        Message.objects.update(due_at=timezone.now())
        Deadline.objects.update(version=5)
        assert sending.drain() == 0
        assert smtp_sink.mails == []


@pytest.mark.django_db
def test_the_mail_says_what_is_left_when_it_is_read() -> None:
    due = at(2027, 10, 14, 23, 59)
    follow(chain(due), 30, language="nl")
    reminders.run(now=due - timedelta(days=20))
    message = Message.objects.get()
    words = render(message, now=due - timedelta(days=12))
    assert "12" in words.subject
    assert "Stap 0" in words.subject
    assert "A public call" in words.text
    assert stop_token(Subscription.objects.get()) in words.text
    assert "23:59" in words.html


@pytest.mark.django_db
def test_a_second_beat_at_the_same_time_does_nothing() -> None:
    due = at(2027, 10, 14, 23, 59)
    follow(chain(due), 30)
    now = due - timedelta(days=20)
    parameters = {key: value for key, value in connection.get_connection_params().items() if key in PSYCOPG}
    with psycopg.connect(**parameters) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [reminders._LOCK])
        assert reminders.run(now=now) == 0
        assert hours() == []
    assert reminders.run(now=now) == 1
    assert hours() == [30 * DAY]


class TestAnyChain(TestCase):
    """Whatever is followed, whenever the system is up: never twice, never late, never too little."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        offsets=st.sets(st.sampled_from([60, 30, 14, 7, 3, 1]), min_size=1),
        first_hour=st.integers(-70 * 24, 0),
        gaps=st.lists(st.integers(1, 20 * 24), max_size=12),
        due=st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 31)),
        joined=st.integers(-80 * 24, 0),
    )
    def test_reminders(self, offsets: set[int], first_hour: int, gaps: list[int], due: datetime, joined: int) -> None:
        due_at = due.replace(tzinfo=UTC)
        confirmed = due_at + timedelta(hours=joined)
        follow(chain(due_at), *offsets, confirmed_at=confirmed)
        runs = [due_at + timedelta(hours=first_hour)]
        for gap in gaps:
            runs.append(runs[-1] + timedelta(hours=gap))
        expected: list[int] = []
        for moment in runs:
            reminders.run(now=moment)
            leave()
            nine = [(self.nine(due_at, day), day) for day in offsets]
            passed = max((pair for pair in nine if pair[0] <= moment), default=None)
            if passed and moment < due_at and passed[0] >= confirmed and passed[1] * DAY not in expected:
                expected.append(passed[1] * DAY)
        assert hours() == expected

    @staticmethod
    def nine(due_at: datetime, days: int) -> datetime:
        day = due_at.astimezone(BRUSSELS).date() - timedelta(days=days)
        return datetime(day.year, day.month, day.day, 9, tzinfo=BRUSSELS)
