"""Calendar files, and the feed that every app with dates contributes to."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language, gettext
from icalendar import Calendar, Event, Timezone, vDuration
from wagtail.models import PageLogEntry

from hub.dates.calendar_zones import definition

REFRESH = timedelta(hours=12)
# What takes a page, and with it its dates, out of the feed without leaving a trace in any entry.
_DISAPPEARING = ("wagtail.unpublish", "wagtail.delete", "wagtail.move", "wagtail.view_restriction")

Source = Callable[[str], Iterable[Event]]

_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Adds what `source(language)` gives to the public feed; apps call this once, when they are ready."""
    if source not in _sources:
        _sources.append(source)


def calendar(entries: Iterable[Event], *, name: str, method: str = "PUBLISH") -> bytes:
    """A whole calendar file around some entries, with the definition of the time zone they use."""
    file = Calendar()
    file.add("prodid", f"-//{settings.SITE_HOST}//NCCSI//EN")
    file.add("version", "2.0")
    file.add("method", method)
    file.add("name", name)
    file.add("x-wr-calname", name)
    file.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", vDuration(REFRESH).to_ical().decode())  # Outlook wants it bare
    for entry in entries:
        file.add_component(entry)
    years = [entry.decoded("dtstart").year for entry in file.walk("VEVENT")]
    for key in sorted(file.get_used_tzids() - {"UTC"}):
        file.subcomponents.insert(0, Timezone.from_ical(definition(key, since=min(years))))
    return file.to_ical()


def stamp(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def feed(request: HttpRequest) -> HttpResponse:
    """Everything with a date, for calendar programs to subscribe to; what is cancelled stays in it as cancelled."""
    language = get_language() or settings.LANGUAGE_CODE
    entries = [entry for source in _sources for entry in source(language)]
    return answer(
        request,
        calendar(entries, name=gettext("Calls and events")),
        filename="calendar.ics",
        changed=max(filter(None, [last_change(entries), _last_disappearance()]), default=None),
    )


def last_change(entries: Iterable[Event]) -> datetime | None:
    return max((entry.decoded("last-modified") for entry in entries if "last-modified" in entry), default=None)


def _last_disappearance() -> datetime | None:
    """When a page last went: without this, whoever asks by date alone would keep its dates for ever."""
    going = PageLogEntry.objects.filter(action__regex=f"^({'|'.join(_DISAPPEARING)})")
    moment = going.aggregate(latest=Max("timestamp"))["latest"]
    return moment and stamp(moment)


def answer(request: HttpRequest, file: bytes, *, filename: str, changed: datetime | None = None) -> HttpResponse:
    """A calendar file with what subscribed programs need to fetch it only when it changed."""
    etag = f'"{hashlib.sha256(file).hexdigest()[:32]}"'
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["ETag"] = etag
    seconds = int(changed.timestamp()) if changed else None
    if seconds is not None:
        response["Last-Modified"] = http_date(seconds)
    return get_conditional_response(request, etag=etag, last_modified=seconds, response=response) or response
