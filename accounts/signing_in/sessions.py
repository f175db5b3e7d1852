"""Sessions: those of people who signed in, and of visitors who kept practices."""

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment


def due(at: Moment) -> QuerySet[Session]:
    """Those that are over at that moment."""
    return Session.objects.filter(expire_date__lt=at)


def forget_over() -> int:
    """Delete those that are over; returns how many."""
    return erasing.delete(due(timezone.now()))
