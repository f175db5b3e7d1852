"""What search engines read about an event (schema.org)."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString

from hub.structured_data import json_ld, part

if TYPE_CHECKING:
    from events.models import Event, EventPage

SCHEMA = "https://schema.org/"


def event_data(event: "Event", page: "EventPage") -> SafeString:
    """Event with its place and state; the online address is for participants and stays out."""
    return json_ld(
        "Event",
        name=page.title,
        description=page.introduction,
        url=urljoin(settings.SITE_URL, page.url or ""),
        startDate=timezone.localtime(event.starts_at).isoformat(),
        endDate=timezone.localtime(event.ends_at).isoformat(),
        inLanguage=page.locale.language_code,
        eventStatus=SCHEMA + ("EventCancelled" if event.cancelled_at else "EventScheduled"),
        eventAttendanceMode=SCHEMA + _mode(event),
        location=_location(event, page),
        maximumAttendeeCapacity=event.capacity,
        isAccessibleForFree=True,
        organizer=part("Organization", url=settings.SITE_URL),
    )


def _mode(event: "Event") -> str:
    if not event.online_url:
        return "OfflineEventAttendanceMode"
    return "MixedEventAttendanceMode" if event.venue else "OnlineEventAttendanceMode"


def _location(event: "Event", page: "EventPage") -> list[dict[str, Any]]:
    places = []
    if event.venue or event.address:
        places.append(part("Place", name=event.venue or event.address, address=event.address or event.venue))
    if event.online_url:
        places.append(part("VirtualLocation", url=urljoin(settings.SITE_URL, page.url or "")))
    return places
