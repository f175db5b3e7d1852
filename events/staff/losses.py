"""What is lost with events and their pages."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.moving.models import EventChange
from events.overview.models import EventIndexPage
from events.seats.models import Registration
from hub.changes import consequences
from hub.changes.consequences import Act, Consequence
from hub.changes.relations import staying_or_of_relations
from hub.changes.sentences import languages_left, moved_address, of_pages, on_record, readable_in


class _Reliance:
    """Who signed up for each of these events, and what changed about it."""

    def __init__(self, keys: set[int]) -> None:
        self._seats = consequences.numbers(Registration.objects.concerned().filter(event__in=keys), by="event")
        self.changes = consequences.numbers(EventChange.objects.filter(event__in=keys), by="event")

    def lost(self, *events: Event) -> list[str]:
        """Of one event, or of all dates of a series together."""
        seats, lost = sum(self._seats[event.pk] for event in events), []
        if seats:
            said = ngettext("%(number)d person signed up for it.", "%(number)d people signed up for it.", seats)
            lost.append(said % {"number": seats})
        return lost + on_record(sum(self.changes[event.pk] for event in events))

    def is_counted_on(self, event: Event) -> bool:
        if event.cancelled_at or event.ends_at <= timezone.now():
            return False
        return self._seats[event.pk] > 0


def of_event_pages(pages: Sequence[EventPage], act: Act) -> list[Consequence]:
    """Who signed up and what changed; while people count on a meeting, its last page stays."""
    prefetch_related_objects(pages, "event", "series__dates")
    dates = {page.pk: page.dates for page in pages}
    reliance = _Reliance({event.pk for events in dates.values() for event in events})
    if act is Act.MOVE:
        return [Consequence(page.title, [*reliance.lost(*dates[page.pk]), moved_address()]) for page in pages]
    own, shared = (languages_left(pages, fact=fact) for fact in ("event", "series"))
    said = gettext("People signed up for “%(event)s”. Cancel the event first: that tells them why.")
    told = []
    for page in pages:
        events = dates[page.pk]
        codes = shared[page.series_id] if page.series_id else own[page.event_id]
        counted_on = next((event for event in events if reliance.is_counted_on(event)), None)
        refusal = said % {"event": counted_on} if counted_on and page.live and not codes else ""
        told.append(Consequence(page.title, [*reliance.lost(*events), readable_in(codes)], refusal))
    return told


def of_events(events: Sequence[Event], act: Act) -> list[Consequence]:
    """An event about which something changed stays, and so does one that has pages or that people count on."""
    keys = {event.pk for event in events}
    reliance = _Reliance(keys)
    pages = consequences.numbers(EventPage.objects.filter(event__in=keys), by="event")
    last = _last_dates(events)
    staying: dict[Event, Consequence] = {}
    for event in events:
        if reliance.changes[event.pk]:
            said = gettext(
                "“%(event)s” cannot be deleted: what was changed about it stays on record. Unpublish its pages."
            )
        elif event in last:
            said = gettext("“%(event)s” cannot be deleted: it is the last date of a series that has pages.")
        elif pages[event.pk]:
            said = gettext("“%(event)s” cannot be deleted as long as it has pages.")
        elif reliance.is_counted_on(event):
            said = gettext("People signed up for “%(event)s”. Cancel the event first: that tells them why.")
        else:
            continue
        staying[event] = Consequence(str(event), reliance.lost(event), said % {"event": event})
    return staying_or_of_relations(events, act, staying)


def _last_dates(events: Sequence[Event]) -> list[Event]:
    """Those whose series would have pages and no date any more."""
    with_pages = set(EventPage.objects.filter(series__dates__in=events).values_list("series", flat=True))
    others = Event.objects.filter(series__in=with_pages).exclude(pk__in=[event.pk for event in events])
    staying = set(others.values_list("series", flat=True))
    return [event for event in events if event.series_id in with_pages - staying]


def connect() -> None:
    """Called once when Django starts."""
    consequences.register(EventPage, teller=of_event_pages)
    consequences.register(EventIndexPage, teller=of_pages)
    consequences.register(Event, teller=of_events)
