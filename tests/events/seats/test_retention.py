from datetime import timedelta

import pytest
from django.utils import timezone

from events.seats.retention import forget_access_needs
from tests.factories.events import EventFactory, RegistrationFactory


@pytest.mark.django_db
@pytest.mark.parametrize(("days_ago", "kept"), [(31, ""), (29, "Step-free access"), (-1, "Step-free access")])
def test_what_guests_needed_goes_thirty_days_after_the_event(days_ago: int, kept: str) -> None:
    ended = timezone.now() - timedelta(days=days_ago)
    event = EventFactory.create(starts_at=ended - timedelta(hours=2), ends_at=ended)
    registration = RegistrationFactory.create(event=event, access_needs="Step-free access")
    forget_access_needs()
    forget_access_needs()
    registration.refresh_from_db()
    assert registration.access_needs == kept
    assert registration.name
