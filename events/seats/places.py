"""What the waiting list tells those who are on it: their place, and how it went on the lists of past events."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import Now

from events.seats.models import Registration

# Fewer people on past lists say nothing about this one.
FEWEST = 10


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
    """How many of those who waited for past events got a seat; None while too few waited to say."""
    past = Registration.objects.filter(waiting_since__isnull=False, reserved_until=None, event__ends_at__lte=Now())
    said = past.aggregate(waited=Count("pk"), got_in=Count("moved_up_at"))
    return Odds(**said) if said["waited"] >= FEWEST else None
