"""Staff who change the same event at the same moment, and somebody who signs up just then."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from events.agenda.models import Event
from events.moving import moving
from events.moving.models import EventChange
from events.seats.models import Registration
from events.seats.registration import register
from notifications.outbox.models import Message
from tests.factories.events import EventFactory, RegistrationFactory
from tests.meanwhile import while_uncommitted

pytestmark = pytest.mark.django_db(transaction=True)

WHY = {"en": "The room has a leak."}


@pytest.fixture
def event() -> Event:
    return RegistrationFactory.create(event=EventFactory.create()).event


def move(event: Event, *, days: int, seen_version: int | None = 0) -> EventChange:
    moved = {name: getattr(event, name) + timedelta(days=days) for name in ("starts_at", "ends_at")}
    to = moving.arranged(event) | moved
    return moving.move(Event.objects.get(pk=event.pk), to=to, reason=WHY, by=None, seen_version=seen_version)


def call_off(event: Event) -> EventChange:
    return moving.call_off(Event.objects.get(pk=event.pk), reason=WHY, by=None)


def sign_up(event: Event) -> Registration:
    return register(event, name="Guest", email="guest@example.org", language="en", consent_wording="Yes")


def test_the_second_move_learns_of_the_first(event: Event) -> None:
    with translation.override("en"):
        said = while_uncommitted(lambda: move(event, days=7), lambda: _in_english(lambda: move(event, days=9)))
    assert "Somebody else" in said
    assert (EventChange.objects.count(), Message.objects.count()) == (1, 1)


def test_the_same_move_is_one(event: Event) -> None:
    first: list[object] = []
    second = while_uncommitted(lambda: first.append(move(event, days=7)), lambda: move(event, days=7))
    assert first == [second]
    assert Message.objects.count() == 1


def test_cancelled_twice_it_is_cancelled_once(event: Event) -> None:
    first: list[object] = []
    second = while_uncommitted(lambda: first.append(call_off(event)), lambda: call_off(event))
    assert first == [second]
    assert Message.objects.count() == 1


def test_what_was_just_cancelled_is_not_moved(event: Event) -> None:
    said = while_uncommitted(lambda: call_off(event), lambda: _in_english(lambda: move(event, days=7)))
    assert "cancelled" in said
    assert EventChange.objects.get().kind == "cancelled"


def test_resumed_twice_it_is_resumed_once(event: Event) -> None:
    call_off(event)

    def resume() -> EventChange:
        return moving.resume(Event.objects.get(pk=event.pk), reason=WHY, by=None)

    first: list[object] = []
    second = while_uncommitted(lambda: first.append(resume()), resume)
    assert first == [second]
    assert EventChange.objects.count() == 2


def test_who_signs_up_just_before_a_move_hears_of_it(event: Event) -> None:
    change = while_uncommitted(lambda: sign_up(event), lambda: move(event, days=7))
    assert change.told == 2
    assert Message.objects.filter(kind="events/moved", to_email="guest@example.org").count() == 1


def test_who_signs_up_during_a_move_gets_the_new_date(event: Event) -> None:
    while_uncommitted(lambda: move(event, days=7), lambda: sign_up(event))
    confirmation = Message.objects.get(kind="events/registered")
    assert confirmation.context["starts_at"] == Event.objects.get().starts_at.isoformat()
    assert Event.objects.get().starts_at > timezone.now() + timedelta(days=36)


def _in_english(act: Callable[[], object]) -> object:
    with translation.override("en"):
        return act()
