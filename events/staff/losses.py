"""What is lost with events and their pages."""

from collections.abc import Sequence

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

    def lost(self, event: Event) -> list[str]:
        seats, lost = self._seats[event.pk], []
        if seats:
            said = ngettext("%(number)d person signed up for it.", "%(number)d people signed up for it.", seats)
            lost.append(said % {"number": seats})
        return lost + on_record(self.changes[event.pk])

    def is_counted_on(self, event: Event) -> bool:
        if event.cancelled_at or event.ends_at <= timezone.now():
            return False
        return self._seats[event.pk] > 0


def of_event_pages(pages: Sequence[EventPage], act: Act) -> list[Consequence]:
    """Who signed up and what changed; while people count on a meeting, its last page stays."""
    events = Event.objects.in_bulk({page.event_id for page in pages})
    reliance = _Reliance(set(events))
    lost = {event.pk: reliance.lost(event) for event in events.values()}
    if act is Act.MOVE:
        return [Consequence(page.title, [*lost[page.event_id], moved_address()]) for page in pages]
    left = languages_left(pages, fact="event")
    said = gettext("People signed up for “%(event)s”. Cancel the event first: that tells them why.")
    told = []
    for page in pages:
        event, codes = events[page.event_id], left[page.event_id]
        counted_on = not codes and page.live and reliance.is_counted_on(event)
        refusal = said % {"event": event} if counted_on else ""
        told.append(Consequence(page.title, [*lost[event.pk], readable_in(codes)], refusal))
    return told


def of_events(events: Sequence[Event], act: Act) -> list[Consequence]:
    """An event about which something changed stays, and so does one that has pages or that people count on."""
    keys = {event.pk for event in events}
    reliance = _Reliance(keys)
    pages = consequences.numbers(EventPage.objects.filter(event__in=keys), by="event")
    staying: dict[Event, Consequence] = {}
    for event in events:
        if reliance.changes[event.pk]:
            said = gettext(
                "“%(event)s” cannot be deleted: what was changed about it stays on record. Unpublish its pages."
            )
        elif pages[event.pk]:
            said = gettext("“%(event)s” cannot be deleted as long as it has pages.")
        elif reliance.is_counted_on(event):
            said = gettext("People signed up for “%(event)s”. Cancel the event first: that tells them why.")
        else:
            continue
        staying[event] = Consequence(str(event), reliance.lost(event), said % {"event": event})
    return staying_or_of_relations(events, act, staying)


def connect() -> None:
    """Called once when Django starts."""
    consequences.register(EventPage, teller=of_event_pages)
    consequences.register(EventIndexPage, teller=of_pages)
    consequences.register(Event, teller=of_events)
