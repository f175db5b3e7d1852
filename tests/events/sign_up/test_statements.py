"""What one form costs the database: a fixed number of statements, however many signed up before."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.agenda.models import Event
from events.seats.models import Registration
from notifications.outbox.models import Message
from tests.events.agenda.test_pages import address, filled_in
from tests.factories.events import EventFactory, RegistrationFactory, event_with_page

# With BEGIN and COMMIT, as in use: nothing of this runs within the transaction of a test.
MOST = 13

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("set_up_anew")]


def statements(event: Event, number: int, **more: Any) -> list[str]:
    """Those of the answer to one form of somebody new, on a line of their own."""
    form = filled_in(name=f"Guest {number}", email=f"guest{number}@example.org", **more)
    with CaptureQueriesContext(connection) as queries:
        answer = Client().post(address("sign_up", event.uid), form, REMOTE_ADDR=f"198.51.100.{number}")
    assert answer.status_code == 302
    return [each["sql"] for each in queries]


def with_many(event: Event, number: int, **fields: Any) -> None:
    RegistrationFactory.create_batch(number, event=event, **fields)


def test_a_free_seat() -> None:
    event = event_with_page(EventFactory.create(capacity=500))
    statements(event, 1)
    few = statements(event, 2)
    with_many(event, 60)
    many = statements(event, 3)
    assert len(few) == len(many) <= MOST, "\n".join(many)
    assert event.registrations.confirmed().count() == 63
    assert Message.objects.filter(kind="events/registered").count() == 3


def test_a_place_in_line() -> None:
    event = event_with_page(EventFactory.create(capacity=3))
    with_many(event, 3)
    statements(event, 1, waits="1")
    few = statements(event, 2, waits="1")
    with_many(event, 60, status="waiting", waiting_since=event.created_at)
    many = statements(event, 3, waits="1")
    assert len(few) == len(many) <= MOST, "\n".join(many)
    assert not any("WITH RECURSIVE" in each for each in many), "nobody can move up: no seat is free"
    assert Registration.objects.waiting().count() == 63
    assert Message.objects.filter(kind="events/waiting").count() == 3


def test_who_has_a_seat_already_costs_about_as_much() -> None:
    """The clock tells nobody: what is left out is the row that is there, and the turn of the mail that was sent."""
    event = event_with_page(EventFactory.create(capacity=500))
    statements(event, 1)
    new, known = statements(event, 2), statements(event, 2)
    assert 0 <= len(new) - len(known) <= 2, "\n".join(known)


def test_wagtail_keeps_no_list_of_what_sign_ups_refer_to() -> None:
    event = event_with_page()
    assert not [each for each in statements(event, 1) if "referenceindex" in each]
