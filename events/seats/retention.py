"""How long guests' answers are kept."""

from django.db.models.functions import Now

from events.seats.keeping_times import ACCESS_NEEDS, UNPROVED_SEATS
from events.seats.models import Registration


def forget_access_needs() -> int:
    """Empty what guests told us they need, some time after their event; returns how many answers went."""
    return (
        Registration.objects.exclude(access_needs="")
        .filter(event__ends_at__lt=Now() - ACCESS_NEEDS.span)
        .update(access_needs="")
    )


def forget_unproved() -> int:
    """Once an event is over: let go of who never confirmed a reserved seat, and of the lines that seats came from."""
    over = Registration.objects.filter(event__ends_at__lt=Now() - UNPROVED_SEATS.span)
    deleted, _each = over.lapsed().filter(came_at=None).delete()
    return deleted + over.exclude(line="").update(line="")
