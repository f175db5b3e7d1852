"""From when until when people sign up: by the database's clock, and refused at the field where it makes no sense."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.agenda.models import Event
from events.moving.moving import arranged, check_move
from events.seats.models import Registration
from events.seats.registration import EventNotOpenError, register
from hub.dates import words
from tests.events.typed import as_typed, whole_minutes
from tests.factories.events import EventFactory, event_page

pytestmark = pytest.mark.django_db

WHO = {"name": "Kim Visitor", "email": "kim@example.org", "language": "en", "consent_wording": "Yes."}


def early() -> Event:
    return EventFactory.create(registration_opens_at=timezone.now() + timedelta(days=3), capacity=5)


def test_before_it_opens_the_page_says_when(visitor: Client) -> None:
    event = early()
    page = visitor.get(event_page(event).url).content.decode()
    assert "Sign-up is not open yet." in page
    assert words.moment(event.registration_opens_at) in page
    form = visitor.get(reverse("events:sign_up", args=[event.uid])).content.decode()
    assert words.moment(event.registration_opens_at) in form
    assert 'name="email"' not in form


def test_before_it_opens_nobody_gets_a_seat() -> None:
    with pytest.raises(EventNotOpenError):
        register(early(), **WHO)
    assert not Registration.objects.exists()


def test_once_it_is_open_the_moment_is_past() -> None:
    event = EventFactory.create(registration_opens_at=timezone.now() - timedelta(seconds=1))
    assert Event.objects.with_standing().get(pk=event.pk).standing == "open"
    assert register(event, **WHO).pk


def test_the_clock_is_that_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    event = early()
    monkeypatch.setattr(timezone, "now", lambda: event.starts_at)
    assert Event.objects.with_standing().get(pk=event.pk).standing == "early"


@pytest.mark.parametrize(
    ("opens", "closes", "field", "said"),
    [
        (10, 5, "registration_opens_at", "Registration opens before it closes"),
        (31, None, "registration_opens_at", "Registration opens before it closes"),
        (None, 31, "registration_closes_at", "before the event is over"),
    ],
)
def test_a_window_that_makes_no_sense_is_refused_at_the_field(
    administrator: Client, opens: int | None, closes: int | None, field: str, said: str
) -> None:
    event = whole_minutes()
    sent = {
        name: (timezone.localtime() + timedelta(days=days)).strftime("%Y-%m-%d %H:%M")
        for name, days in (("registration_opens_at", opens), ("registration_closes_at", closes))
        if days
    }
    answer = administrator.post(reverse("wagtailsnippets_events_event:edit", args=[event.pk]), as_typed(event, **sent))
    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors[field])


def test_a_date_is_not_moved_before_now(administrator: Client) -> None:
    event = whole_minutes()
    sent = as_typed(event, starts_at="2020-01-01 10:00", ends_at="2020-01-01 12:00")
    answer = administrator.post(reverse("wagtailsnippets_events_event:edit", args=[event.pk]), sent)
    assert "in the past" in str(answer.context["form"].errors["ends_at"])
    event.refresh_from_db()
    assert event.starts_at > timezone.now()


def test_an_event_does_not_move_before_its_sign_up_opens() -> None:
    event = early()
    to = arranged(event) | {
        name: timezone.now() + timedelta(days=2, hours=n) for n, name in enumerate(("starts_at", "ends_at"))
    }
    with pytest.raises(ValidationError) as refused:
        check_move(event, to=to, registration_closes_at=None, seen_version=None)
    assert "registration_closes_at" in refused.value.message_dict
