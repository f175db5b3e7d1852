from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from wagtail.models import Locale

from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.door import doors
from events.door.models import DoorPass
from events.overview.models import EventIndexPage
from events.seats.models import Registration
from events.series.models import Series
from hub.dates import brussels
from hub.pages.models import HomePage


# What the form of an event says in the admin of rows that it could have and has not.
class EventFactory(factory.django.DjangoModelFactory[Event]):
    """A meeting in a month, of two hours, without a limit of seats."""

    class Meta:
        model = Event

    title = factory.Sequence(lambda n: f"Info meeting {n}")
    starts_at = factory.LazyFunction(lambda: timezone.now().replace(microsecond=0) + timedelta(days=30))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=2))
    venue = "Town hall"
    address = "Market square 1, Brussels"
    online_url = ""
    attendance = factory.LazyAttribute(
        lambda event: "room" if not event.online_url else "hybrid" if event.venue else "online"
    )


class RegistrationFactory(factory.django.DjangoModelFactory[Registration]):
    """Somebody with a seat."""

    class Meta:
        model = Registration

    event = factory.SubFactory(EventFactory)
    name = factory.Sequence(lambda n: f"Visitor {n}")
    email = factory.Sequence(lambda n: f"visitor{n}@example.org")
    language = "en"
    consent_wording = "We use what you fill in for this event."
    wish = factory.LazyAttribute(lambda seat: seat.event.ways[0].value)
    status = "confirmed"
    seat = factory.LazyAttribute(lambda seat: seat.event.ways[0].value if seat.status == "confirmed" else "")


def agenda(language: str = "en") -> EventIndexPage:
    """The agenda in a language, made under that language's home when there is none."""
    found = EventIndexPage.objects.filter(locale__language_code=language).first()
    if found:
        return found
    home = HomePage.objects.get(locale__language_code=language)
    page = EventIndexPage(title="Events", slug="events", locale=home.locale)
    home.add_child(instance=page)
    return page


def event_page(event: Event | None = None, *, language: str = "en", **fields: Any) -> EventPage:
    """A live page about an event."""
    event = event or EventFactory.create()
    values = {"title": str(event.title), "slug": f"event-{event.pk}", "introduction": "What it is about.", **fields}
    page = EventPage(event=event, locale=Locale.objects.get(language_code=language), **values)
    agenda(language).add_child(instance=page)
    return page


def event_with_page(event: Event | None = None, *, language: str = "en", **fields: Any) -> Event:
    """An event, with a live page about it."""
    event = event or EventFactory.create()
    event_page(event, language=language, **fields)
    return event


def series_page(*events: Event, language: str = "en", **fields: Any) -> EventPage:
    """A live page about a series with these dates."""
    series = events[0].series or Series.objects.create(title=events[0].title)
    for event in events:
        event.series = series
        event.save(update_fields=["series"])
    values = {"title": str(series.title), "slug": f"series-{series.pk}", "introduction": "What they are about."}
    page = EventPage(series=series, locale=Locale.objects.get(language_code=language), **values | fields)
    agenda(language).add_child(instance=page)
    return page


def dates(number: int = 3, **fields: Any) -> list[Event]:
    """As many dates of one series, a week apart, with a page about them."""
    # In the morning, so that no date reaches over midnight, nor into another hour when the clocks change.
    first = brussels.first_minute(timezone.now() + timedelta(days=30)) + timedelta(hours=10)
    events = [
        EventFactory.create(title="Clinic hour", starts_at=first + timedelta(weeks=week), **fields)
        for week in range(number)
    ]
    series_page(*events)
    return events


def event_today(**fields: Any) -> Event:
    """A meeting that goes on at this moment, within one day in Brussels."""
    today = brussels.first_minute(timezone.now())
    return EventFactory.create(starts_at=today, ends_at=brussels.last_minute(today), **fields)


def door_pass(event: Event, **fields: Any) -> DoorPass:
    """A link for helpers at a door of this event, today."""
    values = {"label": "Main door", "day": doors.today(), **fields}
    return DoorPass.objects.create(event=event, **values)
