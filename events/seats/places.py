"""What the waiting list tells those who are on it: their place, and how it went on the lists of past events."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db.models import Count, DateTimeField, Q, QuerySet
from django.db.models.functions import Now

from events.agenda.statements import Given, Statement
from events.agenda.ways import Way
from events.seats.models import Registration
from hub.content_memory.content_version import remembered

# Fewer people on past lists say nothing about this one.
FEWEST = 10
HOUR = 3600.0


@dataclass(frozen=True)
class Odds:
    """So many people waited for events that are over, and so many of them got a seat."""

    waited: int
    got_in: int


def place(registration: Registration) -> int:
    """Which place somebody has in line; the first is 1. For two ways of attending, the one in the shorter line."""
    own = {"event": registration.event_id, "since": registration.waiting_since, "key": registration.pk}
    return min((_AHEAD[way].count(**own) for way in registration.waits_for), default=0) + 1


def _ahead(way: Way) -> QuerySet[Registration]:
    """Who is before somebody in the line for one way of attending."""
    since = Given("since", output_field=DateTimeField())
    before = Q(waiting_since__lt=since) | Q(waiting_since=since, pk__lt=Given("key"))
    # In whatever order: they are counted.
    return Registration.objects.filter(before, event=Given("event")).in_line(way)


_AHEAD = {way: Statement(partial(_ahead, way)) for way in Way}


@dataclass(frozen=True)
class InLine:
    """What somebody who waits is told: for what, at which place, and whether smaller parties may go first."""

    place: int
    wants_room: bool
    is_party: bool
    odds: "Odds | None"


def odds() -> Odds | None:
    """How many of those who waited to the end of past lists got a seat; None while too few waited to say."""
    said = remembered("odds on waiting lists", _odds, seconds=HOUR)
    return said if said.waited >= FEWEST else None


def in_line(registration: Registration, odds: Callable[[], Odds | None] = odds) -> InLine | None:
    """None for who waits for nothing. `odds`: for who knows them already."""
    if not registration.waits_for:
        return None
    has_seat = bool(registration.seat)
    return InLine(place(registration), has_seat, registration.is_together, odds())


def _odds() -> Odds:
    over = Registration.objects.filter(event__ends_at__lte=Now(), event__cancelled_at=None, reserved_until=None)
    waited = over.filter(waiting_since__isnull=False).exclude(status="cancelled", moved_up_at=None, passes=0)
    return Odds(**waited.aggregate(waited=Count("pk"), got_in=Count("moved_up_at")))
