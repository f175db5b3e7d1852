"""Picked dates from many sides at once: never more than the seats, nobody waits in a circle, all dates or none."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from events.agenda.models import Event
from events.seats import waiting_list
from events.seats.models import Registration
from events.seats.own_seat import cancel
from events.seats.registration import EventFullError, register
from events.seats.several_dates import DatesRefusedError, Pick, register_for_series
from events.series.models import Series
from events.staff.more_dates import add_dates
from notifications.outbox.models import Message
from tests.events.seats.test_registration import in_parallel
from tests.factories.events import EventFactory, event_page

ANSWERS: dict[str, Any] = {"language": "en", "consent_wording": "Agreed."}


def _series(number: int, capacity: int) -> list[Event]:
    series = Series.objects.create(title="Clinic hours")
    return EventFactory.create_batch(number, series=series, capacity=capacity)


def _rush(events: list[Event]) -> Counter[str]:
    """Half of the people pick the dates in one order, half in the other; some sign up for one date alone."""

    def work(index: int) -> str:
        who = {"name": f"P{index}", "email": f"p{index}@example.org", **ANSWERS}
        order = events if index % 2 else events[::-1]
        try:
            if index % 5 == 0:
                register(order[0], **who)
                return "one"
            picks = [Pick(each) for each in order]
            register_for_series(picks, series=1, **who, companions=[(f"Q{index % 4}", f"q{index % 4}@example.org")])
        except (EventFullError, DatesRefusedError):
            return "refused"
        return "all"

    return Counter(in_parallel(60, 15, work))


def _is_whole(events: list[Event]) -> bool:
    seats = Registration.objects.confirmed()
    within = all(seats.filter(event=each).count() <= (each.capacity or 0) for each in events)
    those = Counter(name for name in seats.values_list("name", flat=True) if int(name[1:]) % 5 or name[0] == "Q")
    return within and set(those.values()) <= {len(events)}


@pytest.mark.django_db(transaction=True)
def test_nobody_gets_more_than_the_seats_nor_some_of_the_dates() -> None:
    events = _series(4, capacity=20)
    answers = _rush(events)
    assert answers["all"] > 5
    assert answers["refused"] > 5
    assert _is_whole(events)
    assert Message.objects.filter(kind="events/several", to_email__startswith="p").count() == answers["all"]


@pytest.mark.django_db(transaction=True)
def test_without_the_locks_the_same_rush_oversells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the test above tests the locks, and not luck."""
    monkeypatch.setattr(waiting_list, "hold_all", lambda events: None)
    monkeypatch.setattr(waiting_list, "hold", lambda event: None)
    for _attempt in range(5):
        events = _series(4, capacity=20)
        _rush(events)
        if not _is_whole(events):
            return
        Registration.objects.all().delete()
    pytest.fail("Without the locks the seats agreed all the same.")


@pytest.mark.django_db(transaction=True)
def test_giving_back_while_others_pick() -> None:
    events = _series(3, capacity=10)
    seats = [
        seat
        for each in range(10)
        for seat in register_for_series(
            [Pick(event) for event in events], series=1, name=f"A{each}", email=f"a{each}@example.org", **ANSWERS
        )
    ]
    random.Random(7).shuffle(seats)  # any order

    def work(index: int) -> str:
        if index % 2:
            return str(cancel(seats[index // 2]))
        picks = [Pick(event, waits=True) for event in random.sample(events, 3)]
        register_for_series(picks, series=1, name=f"B{index}", email=f"b{index}@example.org", **ANSWERS)
        return "picked"

    answers = Counter(in_parallel(60, 12, work))
    assert answers == {"True": 30, "picked": 30}
    for event in Event.objects.with_standing().with_waiting():
        assert (event.seats_taken, event.waiting) == (10, 20)


@pytest.mark.usefixtures("set_up_anew")
def test_the_same_dates_added_from_several_sides_are_there_once() -> None:
    event = EventFactory.create()
    event_page(event)
    starts = [datetime(2031, 10, 20, 8, 0, tzinfo=UTC) + timedelta(weeks=week) for week in range(3)]
    made = in_parallel(8, 4, lambda _index: str(len(add_dates(Event.objects.get(pk=event.pk), starts, by=None))))
    assert sorted(made) == ["0"] * 7 + ["3"]
    assert (Event.objects.count(), Series.objects.count()) == (4, 1)
