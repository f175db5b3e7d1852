"""Seats: never oversold, one per person, given back and taken again."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.models.functions import Now
from django.utils import timezone

from events.agenda.models import Event
from events.seats import waiting_list
from events.seats.models import Registration
from events.seats.own_seat import cancel
from events.seats.registration import EventClosedError, EventFullError, register
from notifications.outbox.models import Message
from tests.factories.events import EventFactory, RegistrationFactory

ANSWERS: dict[str, Any] = {"name": "Visitor", "language": "en", "consent_wording": "Agreed."}


def in_parallel(number: int, clients: int, work: Callable[[int], str]) -> list[str]:
    """What each of `number` pieces of work answered, done by `clients` threads that start together."""
    ready = threading.Barrier(clients)

    def one(index: int) -> str:
        if index < clients:
            ready.wait(timeout=30)
        try:
            return work(index)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(one, range(number)))


def sign_up(event: Event) -> Callable[[int], str]:
    def work(index: int) -> str:
        try:
            register(event, email=f"visitor{index}@example.org", **ANSWERS)
        except EventFullError:
            return "full"
        return "seat"

    return work


@pytest.mark.django_db(transaction=True)
def test_fifty_people_at_once_never_get_more_than_the_seats() -> None:
    event = EventFactory.create(capacity=20)
    answers = in_parallel(200, 50, sign_up(event))
    assert answers.count("seat") == 20
    assert answers.count("full") == 180
    assert event.registrations.confirmed().count() == 20
    assert Message.objects.filter(kind="events/registered").count() == 20


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_rush_oversells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the test above tests the lock, and not luck."""
    monkeypatch.setattr(waiting_list, "hold", lambda event: None)
    for _attempt in range(5):
        event = EventFactory.create(capacity=20)
        in_parallel(200, 50, sign_up(event))
        if event.registrations.confirmed().count() > 20:
            return
    pytest.fail("Nothing was oversold without the lock.")


@pytest.mark.django_db(transaction=True)
def test_ten_spellings_of_one_address_are_one_person() -> None:
    event = EventFactory.create(capacity=20)
    spellings = [
        "visitor@example.org",
        "Visitor@example.org",
        "VISITOR@EXAMPLE.ORG",
        " visitor@example.org",
        "visitor@example.org ",
        "visitor@Example.org",
        "viSitor@example.ORG",
        "\tvisitor@example.org",
        "visitor@example.org\n",
        " VISITOR@example.org ",
    ]

    def work(index: int) -> str:
        return str(register(event, email=spellings[index], **ANSWERS).pk)

    assert len(set(in_parallel(10, 10, work))) == 1
    assert Registration.objects.count() == 1
    assert Message.objects.filter(kind="events/registered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_twenty_times_is_one_row_and_one_mail() -> None:
    event = EventFactory.create(capacity=20)

    def work(index: int) -> str:
        return str(register(event, email="visitor@example.org", **ANSWERS).pk)

    assert len(set(in_parallel(20, 20, work))) == 1
    assert Registration.objects.count() == 1
    assert Message.objects.filter(kind="events/registered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_signing_up_again_later_sends_the_mail_once_more() -> None:
    event = EventFactory.create(capacity=20)
    seat = register(event, email="visitor@example.org", **ANSWERS)
    Registration.objects.filter(pk=seat.pk).update(created_at=Now() - timedelta(minutes=90))

    def work(index: int) -> str:
        return str(register(event, email="visitor@example.org", **ANSWERS).uuid)

    assert set(in_parallel(20, 20, work)) == {str(seat.uuid)}
    assert Message.objects.filter(kind="events/registered", to_email="visitor@example.org").count() == 2


@pytest.mark.django_db
def test_a_cancelled_seat_is_free_for_somebody_else() -> None:
    event = EventFactory.create(capacity=1)
    first = register(event, email="first@example.org", **ANSWERS)
    with pytest.raises(EventFullError):
        register(event, email="second@example.org", **ANSWERS)
    assert cancel(first)
    assert not cancel(first)
    register(event, email="second@example.org", **ANSWERS)
    with pytest.raises(EventFullError):
        register(event, email="first@example.org", **ANSWERS)
    assert Message.objects.filter(kind="events/cancelled").count() == 1


@pytest.mark.django_db
def test_the_same_person_takes_a_cancelled_seat_again() -> None:
    event = EventFactory.create(capacity=1)
    first = register(event, email="first@example.org", **ANSWERS)
    stale = Registration.objects.get(pk=first.pk)
    cancel(first)
    again = register(event, email="FIRST@example.org", **ANSWERS)
    assert again.pk == first.pk
    assert again.status == Registration.Status.CONFIRMED
    assert again.uuid != stale.uuid
    assert not cancel(stale), "a link in the first mail must not free the second seat"
    assert Message.objects.filter(kind="events/registered").count() == 2


@pytest.mark.django_db
def test_the_clock_of_the_database_closes_sign_up() -> None:
    event = EventFactory.create(registration_closes_at=timezone.now() + timedelta(hours=1))
    register(event, email="early@example.org", **ANSWERS)
    Event.objects.filter(pk=event.pk).update(registration_closes_at=Now() - timedelta(seconds=1))
    with pytest.raises(EventClosedError):
        register(event, email="late@example.org", **ANSWERS)
    with pytest.raises(EventClosedError):
        register(event, email="early@example.org", **ANSWERS)


@pytest.mark.django_db
def test_an_event_that_started_or_is_cancelled_takes_nobody() -> None:
    started = EventFactory.create(starts_at=timezone.now() - timedelta(minutes=1))
    cancelled = EventFactory.create(cancelled_at=timezone.now())
    for event in (started, cancelled):
        with pytest.raises(EventClosedError):
            register(event, email="visitor@example.org", **ANSWERS)
    assert not Registration.objects.exists()


@pytest.mark.django_db
def test_the_database_refuses_a_second_row_for_a_person() -> None:
    first = RegistrationFactory.create(email="visitor@example.org", name="Zoë van den Berg")
    for same in ("Zoe Van  den Berg", "ZOË VAN-DEN BERG", "Zoë van den Berg\u00a0"):
        with pytest.raises(IntegrityError), transaction.atomic():
            RegistrationFactory.create(event=first.event, email="VISITOR@example.org", name=same)
    assert RegistrationFactory.create(event=first.event, email="VISITOR@example.org", name="Zoë Janssens")
