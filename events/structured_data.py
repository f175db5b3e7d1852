"""What search engines read about an event (schema.org)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString

from hub.pages.structured_data import json_ld, part

if TYPE_CHECKING:
    from events.models import Event, EventPage
    from events.record import EventChange

SCHEMA = "https://schema.org/"


def event_data(event: "Event", page: "EventPage", *, changes: "Sequence[EventChange]" = ()) -> SafeString:
    """Event with its place and state; the online address is for participants and stays out.

    `changes` is what changed about it, the latest first.
    """
    moved_from = [change.old_starts_at for change in changes if change.old_starts_at != event.starts_at]
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


def _status(event: "Event", *, is_moved: bool) -> str:
    if event.cancelled_at:
        return "EventCancelled"
    return "EventRescheduled" if is_moved else "EventScheduled"


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
