"""Reminders of an event: to whom, when, and that each comes once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from events.agenda.models import Event
from events.moving.moving import arranged, call_off, move, resume
from events.reminders import reminders
from events.seats.models import Registration
from events.seats.own_seat import cancel
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.events.typed import as_typed, whole_minutes
from tests.factories.events import EventFactory, RegistrationFactory, event_page

BRUSSELS = ZoneInfo("Europe/Brussels")
START = datetime(2031, 10, 14, 14, 0, tzinfo=BRUSSELS).astimezone(UTC)  # a Tuesday
WEEK_BEFORE = datetime(2031, 10, 7, 9, 0, tzinfo=BRUSSELS).astimezone(UTC)
DAY_BEFORE = datetime(2031, 10, 13, 9, 0, tzinfo=BRUSSELS).astimezone(UTC)
WHY = {"en": "The hall is closed."}


def meeting(**fields: Any) -> Event:
    return EventFactory.create(starts_at=START, ends_at=START + timedelta(hours=2), **fields)


def seat(event: Event, **fields: Any) -> Registration:
    return RegistrationFactory.create(event=event, **fields)


def told(*, also_withdrawn: bool = False) -> list[tuple[str, int]]:
    found = Message.objects.filter(kind=reminders.KIND).order_by("pk")
    kept = found if also_withdrawn else found.exclude(status=Message.Status.WITHDRAWN)
    return [(message.to_email, message.context["hours"]) for message in kept]


def leave() -> None:
    Message.objects.waiting().update(status=Message.Status.SENT, sent_at=timezone.now())


@pytest.mark.django_db
class TestWhen:
    def test_a_week_and_a_day_before_at_nine_in_brussels_each_once(self) -> None:
        event = meeting()
        who = seat(event).email
        for moment, number in ((WEEK_BEFORE, 1), (DAY_BEFORE, 1)):
            assert reminders.run(now=moment - timedelta(seconds=1)) == 0
            assert reminders.run(now=moment) == number
            assert reminders.run(now=moment + timedelta(hours=1)) == 0
            leave()
        assert told() == [(who, 168), (who, 24)]
        last = Message.objects.filter(kind=reminders.KIND).latest("pk")
        assert (last.due_at, last.expires_at) == (DAY_BEFORE, START)

    def test_an_event_has_times_of_its_own_or_none(self) -> None:
        seat(meeting(reminder_hours=[]))
        who = seat(meeting(reminder_hours=[3])).email
        assert reminders.run(now=START - timedelta(hours=4)) == 0
        assert reminders.run(now=START - timedelta(hours=3)) == 1
        assert told() == [(who, 3)]

    def test_after_a_long_sleep_only_the_nearest_goes_and_none_once_it_has_begun(self) -> None:
        who = seat(meeting()).email
        assert reminders.run(now=DAY_BEFORE + timedelta(hours=5)) == 1
        assert told() == [(who, 24)]
        Message.objects.all().delete()
        assert reminders.run(now=START) == 0

    def test_staff_choose_the_times_with_the_facts(self, administrator: Client) -> None:
        event = whole_minutes()
        url = reverse("wagtailsnippets_events_event:edit", args=[event.pk])
        assert administrator.post(url, as_typed(event) | {"reminder_hours": ["72", "3"]}).status_code == 302
        event.refresh_from_db()
        assert event.reminder_hours == [72, 3]
        assert administrator.post(url, as_typed(event)).status_code == 302
        event.refresh_from_db()
        assert event.reminder_hours == []


@pytest.mark.django_db
class TestWhom:
    def test_only_who_has_a_seat(self) -> None:
        event = meeting()
        seat(event, status="cancelled")
        seat(event, status="waiting", waiting_since=timezone.now())
        seat(event, reserved_until=timezone.now() + timedelta(hours=5))
        who = seat(event).email
        reminders.run(now=WEEK_BEFORE)
        assert told() == [(who, 168)]

    def test_who_signs_up_after_the_moment_gets_none_for_it(self) -> None:
        event = meeting()
        late = seat(event)
        Registration.objects.filter(pk=late.pk).update(created_at=WEEK_BEFORE + timedelta(seconds=1))
        assert reminders.run(now=WEEK_BEFORE + timedelta(hours=1)) == 0
        assert reminders.run(now=DAY_BEFORE) == 1

    def test_who_moves_up_from_the_list_after_the_moment_gets_none_for_it(self) -> None:
        event = meeting()
        seat(event, moved_up_at=WEEK_BEFORE + timedelta(minutes=1))
        assert reminders.run(now=WEEK_BEFORE + timedelta(hours=1)) == 0

    def test_colleagues_with_one_mailbox_get_one_for_each_seat(self) -> None:
        event = meeting()
        for name in ("Kim One", "Sam Two"):
            seat(event, name=name, email="office@example.org")
        assert reminders.run(now=WEEK_BEFORE) == 2
        leave()
        assert reminders.run(now=DAY_BEFORE) == 2
        texts = [render(message, now=WEEK_BEFORE).text for message in Message.objects.order_by("pk")]
        assert sorted("Kim One" in text for text in texts[:2]) == [False, True]
        assert sorted("Kim One" in text for text in texts[2:]) == [False, True]

    def test_a_seat_that_is_given_back_takes_the_reminder_along(self) -> None:
        given = seat(meeting())
        reminders.run(now=WEEK_BEFORE)
        cancel(given)
        claimed = list(Message.objects.filter(kind=reminders.KIND).values_list("pk", flat=True))
        reminders.withdraw_stale(claimed)  # what a sender asks right before the mail leaves
        assert told() == []


@pytest.mark.django_db
class TestChanges:
    def test_they_follow_the_new_date(self) -> None:
        event = meeting()
        who = seat(event).email
        reminders.run(now=WEEK_BEFORE)
        later = {name: getattr(event, name) + timedelta(days=14) for name in ("starts_at", "ends_at")}
        move(event, to=arranged(event) | later, reason=WHY, by=None)
        assert told() == []
        assert reminders.run(now=DAY_BEFORE) == 0
        assert reminders.run(now=WEEK_BEFORE + timedelta(days=14, hours=1)) == 1  # the clocks went back meanwhile
        assert told() == [(who, 168)]

    def test_what_a_move_told_is_not_told_again(self) -> None:
        event = meeting()
        Registration.objects.filter(pk=seat(event).pk).update(created_at=timezone.now() - timedelta(days=30))
        start = timezone.now() + timedelta(days=2)
        soon = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
        move(event, to=arranged(event) | soon, reason=WHY, by=None)
        assert reminders.run(now=timezone.now()) == 0
        assert reminders.run(now=start - timedelta(hours=1)) == 1
        assert [hours for _to, hours in told()] == [24]

    def test_nobody_gets_one_of_a_cancelled_event(self) -> None:
        event = meeting()
        seat(event)
        reminders.run(now=WEEK_BEFORE)
        call_off(event, reason=WHY, by=None)
        assert told() == []
        assert reminders.run(now=DAY_BEFORE) == 0
        resume(event, reason=WHY, by=None)
        assert reminders.run(now=DAY_BEFORE) == 1


@pytest.mark.django_db
class TestTheMail:
    def test_it_says_what_people_need_on_the_way_in_their_language(self) -> None:
        event = meeting(
            directions={"en": "Tram 7 to the square.", "nl": "Tram 7 tot het plein."},
            to_bring={"en": "Your badge."},
            accessibility={"en": "A ramp at the back."},
            online_url="https://meet.example.org/secret",
        )
        event_page(event, title="Info meeting")
        event_page(event, title="Infomoment", language="nl")
        seat(event, language="nl", name="Kim Visitor", wish="online", seat="online")
        reminders.run(now=WEEK_BEFORE)
        mail = render(Message.objects.get(), now=WEEK_BEFORE)
        with override("nl"):
            give_back = reverse("events:cancel", args=["TOKEN"]).split("TOKEN")[0]
        assert "Infomoment" in mail.subject
        assert "7" in mail.subject
        for part in (mail.text, mail.html):
            for words in (
                "Tram 7 tot het plein.",
                "Your badge.",
                "A ramp at the back.",
                "https://meet.example.org/secret",
            ):
                assert words in part
            assert "/nl/" in part
            assert give_back in part
        assert "Kim Visitor" in mail.text

    def test_it_survives_that_the_seat_and_the_event_are_gone(self) -> None:
        event = meeting()
        seat(event)
        reminders.run(now=WEEK_BEFORE)
        message = Message.objects.get()
        Registration.objects.all().delete()
        assert str(event.title) in render(message, now=WEEK_BEFORE).text
        event.delete()
        assert render(message, now=WEEK_BEFORE).subject


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_tell_each_once() -> None:
    event = meeting()
    for _number in range(40):
        seat(event)

    def beat(_number: int) -> int:
        try:
            return reminders.run(now=WEEK_BEFORE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(beat, range(8))) == 40
    assert len(told()) == len(set(told())) == 40


def test_thousands_are_one_statement(db: None, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    event = meeting()
    RegistrationFactory.create_batch(50, event=event)
    with django_assert_max_num_queries(7):
        assert reminders.run(now=WEEK_BEFORE) == 50
