"""What search engines read about an event (schema.org)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.models import Locale

from events.agenda.models import Event
from events.agenda.ways import Attendance, Way
from events.programme.models import ProgrammeItem, Speaker
from hub.languages.reading_order import in_language
from hub.pages.base import BodyPage
from hub.pages.structured_data import json_ld, part

SCHEMA = "https://schema.org/"


class Moved(Protocol):
    """When an event was to begin before."""

    old_starts_at: datetime
    old_has_time: bool


class Dated(Protocol):
    """The page of a series, which can tell of one of its dates."""

    title: str
    introduction: str
    locale: Locale

    @property
    def url(self) -> str | None: ...

    def of_date(self, event: Event) -> Any: ...


def event_data(
    event: Event,
    page: BodyPage,
    *,
    moved_from: Sequence[Moved] = (),
    speakers: Sequence[Speaker] = (),
    programme: Sequence[ProgrammeItem] = (),
) -> SafeString:
    """Event with its place and state; the online address is for participants and stays out.

    `moved_from`: the changes of when it begins, the latest first.
    """
    language = page.locale.language_code
    return json_ld(
        "Event",
        **_facts(event, page, moved_from=moved_from),
        performer=[_person(speaker, language) for speaker in speakers],
        subEvent=[_item(item, event, page) for item in programme],
    )


def series_data(dates: Sequence[Event], page: Dated) -> SafeString:
    """EventSeries with each of its dates as an event; needs their changes."""
    first, last = (dates[0], dates[-1]) if dates else (None, None)
    return json_ld(
        "EventSeries",
        name=page.title,
        description=page.introduction,
        url=urljoin(settings.SITE_URL, page.url or ""),
        startDate=first and _written(first.starts_at, has_time=first.has_time),
        endDate=last and _written(last.ends_at, has_time=last.has_time),
        inLanguage=page.locale.language_code,
        isAccessibleForFree=True,
        organizer=part("Organization", url=settings.SITE_URL),
        subEvent=[part("Event", **_facts(event, page.of_date(event), moved_from=_moves(event))) for event in dates],
    )


def _moves(event: Event) -> list[Moved]:
    return [each for each in event.changes.all() if each.old_starts_at != event.starts_at]


def _facts(event: Event, page: BodyPage, *, moved_from: Sequence[Moved]) -> dict[str, Any]:
    return {
        "name": page.title,
        "description": page.introduction,
        "url": urljoin(settings.SITE_URL, page.url or ""),
        "startDate": _written(event.starts_at, has_time=event.has_time),
        "endDate": _written(event.ends_at, has_time=event.has_time),
        "inLanguage": page.locale.language_code,
        "eventStatus": SCHEMA + _status(event, is_moved=bool(moved_from)),
        "previousStartDate": [_written(each.old_starts_at, has_time=each.old_has_time) for each in moved_from],
        "eventAttendanceMode": SCHEMA + _MODES[Attendance(event.attendance)],
        "location": _location(event, page),
        "maximumAttendeeCapacity": event.total_seats,
        "isAccessibleForFree": True,
        "organizer": part("Organization", url=settings.SITE_URL),
    }


def _person(speaker: Speaker, language: str) -> dict[str, Any]:
    affiliation = speaker.organisation_name and part("Organization", name=speaker.organisation_name)
    return part("Person", name=speaker.name, jobTitle=in_language(speaker.role, language), affiliation=affiliation)


def _item(item: ProgrammeItem, event: Event, page: BodyPage) -> dict[str, Any]:
    language = page.locale.language_code
    room = item.room and part("Place", name=item.room, address=event.address or event.venue)
    return part(
        "Event",
        name=in_language(item.title, language),
        startDate=_written(item.starts_at, has_time=True),
        endDate=_written(item.ends_at, has_time=True),
        location=room or _location(event, page),
        performer=[_person(speaker, language) for speaker in item.speakers.all()],
    )


def _written(moment: datetime, *, has_time: bool) -> str:
    local = timezone.localtime(moment)
    return local.isoformat() if has_time else local.date().isoformat()


def _status(event: Event, *, is_moved: bool) -> str:
    if event.cancelled_at:
        return "EventCancelled"
    return "EventRescheduled" if is_moved else "EventScheduled"


_MODES = {
    Attendance.ROOM: "OfflineEventAttendanceMode",
    Attendance.ONLINE: "OnlineEventAttendanceMode",
    Attendance.HYBRID: "MixedEventAttendanceMode",
}


def _location(event: Event, page: BodyPage) -> list[dict[str, Any]]:
    places = []
    if event.venue or event.address:
        places.append(part("Place", name=event.venue or event.address, address=event.address or event.venue))
    if Way.ONLINE in event.ways:
        places.append(part("VirtualLocation", url=urljoin(settings.SITE_URL, page.url or "")))
    return places
