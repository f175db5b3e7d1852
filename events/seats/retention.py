"""How long guests' answers are kept."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from events.seats.keeping_times import ACCESS_NEEDS, UNPROVED_SEATS
from events.seats.models import Registration, RegistrationQuerySet


def due_access_needs(at: Moment) -> QuerySet[Registration]:
    """Guests who told us what they need at an event that is over for so long at that moment."""
    return Registration.objects.exclude(access_needs="").filter(event__ends_at__lt=at - ACCESS_NEEDS.span)


def forget_access_needs() -> int:
    """Empty what they told us; returns how many answers went."""
    return due_access_needs(Now()).update(access_needs="")


def due_unproved(at: Moment) -> RegistrationQuerySet:
    """Of events that are over at that moment: who never confirmed a reserved seat, and seats that tell their line."""
    over = Registration.objects.filter(event__ends_at__lt=at - UNPROVED_SEATS.span)
    return over.filter(Q(reserved_until__lte=at, came_at=None) | ~Q(line=""))


def forget_unproved() -> int:
    """Let go of who never confirmed a reserved seat, and of the lines that seats came from; returns how many rows."""
    due = due_unproved(Now())
    deleted = erasing.delete(due.lapsed().filter(came_at=None))
    return deleted + due.update(line="")
