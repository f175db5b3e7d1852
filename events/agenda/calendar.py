"""Events as iCalendar (RFC 5545, 5546, 7986): one entry per event, one UID for ever, a revision that only grows."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils.translation import override

from events.agenda.models import Event
from events.agenda.pages import EventPage, page_in, pages_of
from hub.dates import calendars
from notifications.delivery.composing import sender_address
from notifications.outbox.outbox import Attachment


def event_file(event: Event, *, language: str, for_participants: bool = False, page: EventPage | None = None) -> bytes:
    """The calendar file of one event; only who takes part online gets the address for that.

    `page`: what `page_in` found, where that is known already.
    """
    page = page or page_in(event, language)
    with override(language):
        name = page.title if page else str(event.title)
    return calendars.calendar(
        [entry(event, page, language, for_participants=for_participants)],
        name=name,
        method="CANCEL" if event.cancelled_at else "PUBLISH",
    )


def series_file(events: Sequence[Event], *, language: str, name: str) -> bytes:
    """All dates of a series; those that were cancelled stay as such, so that calendars take them out."""
    found = pages_of(events, language)
    return calendars.calendar([entry(each, found.get(each.pk), language) for each in events], name=name)


def of_seats(seats: Iterable[tuple[Event, bool]], language: str, *, name: str) -> Attachment:
    """The file that goes with a mail about several events, each with the online address where one takes part there."""
    seats = list(seats)
    found = pages_of([event for event, _is_online in seats], language)
    entries = [
        entry(event, found.get(event.pk), language, for_participants=is_online)
        for event, is_online in seats
        if not event.cancelled_at
    ]
    file = calendars.calendar(entries, name=name)
    return {"name": "events.ics", "type": 'text/calendar; charset="utf-8"; method=PUBLISH', "content": file.decode()}


# Writing a file takes longer than all that a sign-up asks the database; the next one of the same event is the same.
_MOST_KEPT = 200
_kept: dict[tuple[object, ...], str] = {}


def attachment(event: Event, language: str, *, with_address: bool, page: EventPage | None = None) -> Attachment:
    """The file that goes with a mail to a participant; of a cancelled event, one that takes the entry out.

    `with_address`: they take part online and get the address. `page` as for `event_file`.
    """
    method = "CANCEL" if event.cancelled_at else "PUBLISH"
    page = page or page_in(event, language)
    return {
        "name": "event.ics",
        "type": f'text/calendar; charset="utf-8"; method={method}',
        "content": _content(event, page, language, with_address=with_address),
    }


def _content(event: Event, page: EventPage | None, language: str, *, with_address: bool) -> str:
    """The file; kept by all that it says, so that no change of the event or its page is missed."""
    with override(language):
        facts = [str(getattr(event, field.attname)) for field in event._meta.concrete_fields]
    words = (page.title, page.introduction, page.url) if page else ()
    key = (language, with_address, *facts, *words)
    content = _kept.get(key)
    if content is None:
        content = event_file(event, language=language, for_participants=with_address, page=page).decode()
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key] = content
    return content


def public_events(language: str) -> list[icalendar.Event]:
    """The events of the public feed, cancelled ones included so that calendars take them out."""
    events = list(Event.objects.public())
    found = pages_of(events, language)
    return [entry(event, found.get(event.pk), language) for event in events]


def entry(event: Event, page: EventPage | None, language: str, *, for_participants: bool = False) -> icalendar.Event:
    """The VEVENT; times carry the zone, so they stay right when the rules of summer time change."""
    found = icalendar.Event()
    found.add("uid", f"event-{event.uid}@{settings.SITE_HOST}")
    found.add("sequence", event.sequence)
    found.add("dtstamp", _utc(event.updated_at))
    found.add("last-modified", _utc(event.updated_at))
    found.add("created", _utc(event.created_at))
    start, end = _local(event.starts_at), _local(event.ends_at)
    # Of mere days the end is the first day after them (RFC 5545, 3.6.1).
    found.add("dtstart", start if event.has_time else start.date())
    found.add("dtend", end if event.has_time else end.date() + timedelta(days=1))
    found.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    with override(language):
        found.add("summary", page.title if page else str(event.title))
    place = ", ".join(part for part in (event.venue, event.address) if part)
    if place:
        found.add("location", place)
    address = urljoin(settings.SITE_URL, page.url or "") if page else settings.SITE_URL
    found.add("url", address)
    words = [page.introduction if page else "", address]
    if for_participants and event.online_url:
        words.insert(1, event.online_url)
        found.add("conference", event.online_url, parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
    found.add("description", "\n\n".join(part for part in words if part))
    organiser = icalendar.vCalAddress(f"mailto:{sender_address()}")
    found.add("organizer", organiser)
    return found


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(microsecond=0)
