"""Sessions: those of people who signed in, and of visitors who kept practices."""

from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.privacy import erasing


def forget_over() -> int:
    """Delete those that are over; returns how many."""
    return erasing.delete(Session.objects.filter(expire_date__lt=timezone.now()))
