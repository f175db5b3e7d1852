"""Events that are over, and who was there."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from events.agenda.models import Event
from events.seats.models import Registration
from tests.factories.events import EventFactory, RegistrationFactory


def past_event(*, days: int = 2, **fields: Any) -> Event:
    """A meeting of two hours that ended so many days ago."""
    ends_at = timezone.now().replace(microsecond=0) - timedelta(days=days)
    return EventFactory.create(starts_at=ends_at - timedelta(hours=2), ends_at=ends_at, **fields)


def guest(event: Event, *, came: bool = True, **fields: Any) -> Registration:
    """Somebody with a seat, who came or did not."""
    return RegistrationFactory.create(event=event, came_at=event.starts_at if came else None, **fields)
