"""What search engines read about an event (schema.org)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString

from events.agenda.models import Event
from hub.pages.base import BodyPage
from hub.pages.structured_data import json_ld, part

SCHEMA = "https://schema.org/"


def event_data(event: Event, page: BodyPage, *, moved_from: Sequence[datetime] = ()) -> SafeString:
    """Event with its place and state; the online address is for participants and stays out.

    `moved_from`: when it was to begin before, the latest first.
    """
    return json_ld(
        "Event",
        name=page.title,
        description=page.introduction,
        url=urljoin(settings.SITE_URL, page.url or ""),
        startDate=timezone.localtime(event.starts_at).isoformat(),
        endDate=timezone.localtime(event.ends_at).isoformat(),
        inLanguage=page.locale.language_code,
        eventStatus=SCHEMA + _status(event, is_moved=bool(moved_from)),
        previousStartDate=[timezone.localtime(moment).isoformat() for moment in moved_from],
        eventAttendanceMode=SCHEMA + _mode(event),
        location=_location(event, page),
        maximumAttendeeCapacity=event.capacity,
        isAccessibleForFree=True,
        organizer=part("Organization", url=settings.SITE_URL),
    )


def _status(event: Event, *, is_moved: bool) -> str:
    if event.cancelled_at:
        return "EventCancelled"
    return "EventRescheduled" if is_moved else "EventScheduled"


def _mode(event: Event) -> str:
    if not event.online_url:
        return "OfflineEventAttendanceMode"
    return "MixedEventAttendanceMode" if event.venue else "OnlineEventAttendanceMode"


def _location(event: Event, page: BodyPage) -> list[dict[str, Any]]:
    places = []
    if event.venue or event.address:
        places.append(part("Place", name=event.venue or event.address, address=event.address or event.venue))
    if event.online_url:
        places.append(part("VirtualLocation", url=urljoin(settings.SITE_URL, page.url or "")))
    return places
