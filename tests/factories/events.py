from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from wagtail.models import Locale

from events.agenda.models import Event
from events.agenda.pages import EventIndexPage, EventPage
from events.seats.models import Registration
from hub.pages.models import HomePage

# What the form of an event says in the admin of rows that it could have and has not.
NO_ROWS = {
    f"{rows}-{name}": number
    for rows in ("materials", "feedback_questions")
    for name, number in {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "10"}.items()
}


class EventFactory(factory.django.DjangoModelFactory[Event]):
    """A meeting in a month, of two hours, without a limit of seats."""

    class Meta:
        model = Event

    title = factory.Sequence(lambda n: f"Info meeting {n}")
    starts_at = factory.LazyFunction(lambda: timezone.now().replace(microsecond=0) + timedelta(days=30))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=2))
    venue = "Town hall"
    address = "Market square 1, Brussels"


class RegistrationFactory(factory.django.DjangoModelFactory[Registration]):
    """Somebody with a seat."""

    class Meta:
        model = Registration

    event = factory.SubFactory(EventFactory)
    name = factory.Sequence(lambda n: f"Visitor {n}")
    email = factory.Sequence(lambda n: f"visitor{n}@example.org")
    language = "en"
    consent_wording = "We use what you fill in for this event."


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
