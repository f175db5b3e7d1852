"""Which pages tell of an event, so that the words by which they are found are renewed with its facts."""

from collections.abc import Collection, Iterable

from django.db.models.functions import Now
from wagtail.models import Page

from calls.chain.models import Call
from events.agenda.models import Event
from events.agenda.pages import EventPage
from hub.site_search.page_entries import follow_choices, follow_facts, renew_entries
from hub.vocabularies.models import Term


def connect() -> None:
    """Called once when Django starts."""
    follow_facts(Event, _pages_of_events)
    follow_choices(Event.tracks.through, _pages_of_events)
    follow_facts(Call, _pages_of_events_of, untold={"changed_at"})
    follow_facts(Term, _pages_with)


def renew_series() -> None:
    """A search tells of the next date of a series: once that is over, of the one that comes then."""
    coming = Event.objects.upcoming().filter(series__isnull=False).values("series")
    renew_entries(EventPage.objects.filter(series__in=coming, entry__moment__lt=Now()).values_list("pk", flat=True))


def _pages_of_events(events: Collection[Event]) -> Iterable[Page]:
    return EventPage.objects.about(events)


def _pages_of_events_of(calls: Collection[Call]) -> Iterable[Page]:
    """They name the call that their event belongs to."""
    return EventPage.objects.about(Event.objects.filter(call__in=calls))


def _pages_with(tracks: Collection[Term]) -> Iterable[Page]:
    return EventPage.objects.about(Event.objects.filter(tracks__in=tracks))
