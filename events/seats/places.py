"""What the waiting list tells those who are on it: their place, and how it went on the lists of past events."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import Now

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
    """Which place on the list somebody has who waits; the first is 1."""
    since = registration.waiting_since
    ahead = Q(waiting_since__lt=since) | Q(waiting_since=since, pk__lt=registration.pk)
    return Registration.objects.waiting().filter(ahead, event=registration.event_id).count() + 1


def odds() -> Odds | None:
    """How many of those who waited to the end of past lists got a seat; None while too few waited to say."""
    said = remembered("odds on waiting lists", _odds, seconds=HOUR)
    return said if said.waited >= FEWEST else None


def _odds() -> Odds:
    over = Registration.objects.filter(event__ends_at__lte=Now(), event__cancelled_at=None, reserved_until=None)
    waited = over.filter(waiting_since__isnull=False).exclude(status="cancelled", moved_up_at=None)
    return Odds(**waited.aggregate(waited=Count("pk"), got_in=Count("moved_up_at")))
