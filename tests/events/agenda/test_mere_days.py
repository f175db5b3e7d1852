"""An event of which only the day counts: no hour is shown, written or stored that nobody said."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone, translation
from icalendar import Calendar

from events.agenda import calendar
from events.agenda.models import Event
from events.moving import moving
from events.seats.registration import register
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.factories.events import EventFactory, event_page

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")


def _at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2031, 9, day, hour, minute, tzinfo=BRUSSELS)


@pytest.fixture
def event() -> Event:
    """Two days in September, with a page."""
    made = EventFactory.create(starts_at=_at(18), ends_at=_at(19, 23, 59), has_time=False)
    event_page(made)
    return made


def test_whatever_hours_were_typed_it_lasts_all_day() -> None:
    event = EventFactory.build(starts_at=_at(18, 13), ends_at=_at(18, 9), has_time=False)
    event.clean()
    assert (event.starts_at, event.ends_at) == (_at(18), _at(18, 23, 59))


def test_an_event_from_midnight_to_the_last_minute_has_hours_when_staff_say_so(client: Client) -> None:
    page = event_page(EventFactory.create(starts_at=_at(18), ends_at=_at(18, 23, 59), has_time=True))
    assert "23:59" in client.get(page.url).content.decode()


def test_no_hour_is_shown(event: Event, client: Client) -> None:
    shown = client.get(event.pages.get().url).content.decode()
    assert "18 September 2031 to " in shown
    assert "17 September 2031" in shown  # until when people sign up
    assert "23:59" not in shown
    assert "00:00" not in shown
    assert re.search(r'"startDate": ?"2031-09-18"', shown)


def test_the_calendar_has_days_and_ends_on_the_first_after_them(event: Event) -> None:
    (entry,) = Calendar.from_ical(calendar.event_file(event, language="en")).walk("VEVENT")
    assert entry["DTSTART"].params["VALUE"] == entry["DTEND"].params["VALUE"] == "DATE"
    assert [str(entry.decoded(name)) for name in ("DTSTART", "DTEND")] == ["2031-09-18", "2031-09-20"]


def test_mails_tell_the_day_and_its_hours_once_they_matter(event: Event) -> None:
    with translation.override("en"):
        register(event, name="Visitor", email="visitor@example.org", language="en", consent_wording="Yes")
        confirmed = render(Message.objects.get(), now=timezone.now()).text
        to = moving.arranged(event) | {"starts_at": _at(18, 13), "ends_at": _at(18, 16, 30), "has_time": True}
        change = moving.move(event, to=to, reason={"en": "The programme is known."}, by=None)
        moved = render(Message.objects.filter(kind="events/moved").get(), now=timezone.now()).text
    assert change.moves_time
    assert "18 September 2031" in confirmed
    assert "13:00" in moved
    assert "00:00" not in confirmed + moved
