"""Calendar files: one entry per deadline, one file per call, and the feed that every app with dates contributes to."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, gettext
from icalendar import Calendar, Event

from hub.models import Call, CallPage, Deadline
from hub.visibility import visible

BRUSSELS = ZoneInfo("Europe/Brussels")
REFRESH = timedelta(hours=6)

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
    file.add("x-published-ttl", REFRESH)
    for entry in entries:
        file.add_component(entry)
    starts = [entry.decoded("dtstart") for entry in file.walk("VEVENT")]
    if starts:
        years = [start.year for start in starts]
        today = timezone.localdate()
        file.add_missing_timezones(
            first_date=today.replace(year=min(years) - 1, month=1, day=1),
            last_date=today.replace(year=max(years) + 2, month=1, day=1),
        )
    return file.to_ical()


def deadline_entry(deadline: Deadline, call: Call, page: CallPage | None) -> Event:
    """One deadline as a calendar entry: the same UID for ever, a higher SEQUENCE each time it moved."""
    local = deadline.due_at.astimezone(BRUSSELS)
    entry = Event()
    entry.add("uid", f"deadline-{deadline.pk}@{settings.SITE_HOST}")
    entry.add("sequence", deadline.version - 1)
    entry.add("dtstamp", (page and page.last_published_at) or call.created_at)
    entry.add("dtstart", local if deadline.has_time else local.date())
    entry.add("summary", f"{deadline.label}: {page.title if page else call.title}")
    entry.add("description", gettext("Who acts: %(actor)s") % {"actor": deadline.get_actor_display()})
    entry.add("transp", "TRANSPARENT")
    entry.add("status", "CANCELLED" if call.withdrawn_at else "CONFIRMED")
    if page:
        entry.add("url", f"{settings.SITE_URL}{page.url}")
    return entry


def _call_entries(call: Call, page: CallPage | None) -> list[Event]:
    return [deadline_entry(deadline, call, page) for deadline in call.deadlines.all()]


def call_pages(calls: Iterable[Call], language: str) -> dict[int, CallPage]:
    """For each call its live page in the language, else in any other; one query."""
    pages = visible(CallPage.objects.all()).filter(call__in=calls).select_related("locale")
    by_preference = sorted(pages, key=lambda page: page.locale.language_code == language)
    return {page.call_id: page for page in by_preference}


def deadlines(language: str) -> list[Event]:
    """The deadlines of every public call."""
    calls = list(Call.objects.public().with_chain())
    pages = call_pages(calls, language)
    return [entry for call in calls for entry in _call_entries(call, pages.get(call.pk))]


register_source(deadlines)


def feed(request: HttpRequest) -> HttpResponse:
    """Everything with a date, for calendar programs to subscribe to."""
    language = get_language() or settings.LANGUAGE_CODE
    entries = [entry for source in _sources for entry in source(language)]
    return answer(request, calendar(entries, name=gettext("Calls and events")), filename="calendar.ics")


def call_calendar(request: HttpRequest, call_id: int) -> HttpResponse:
    """All deadlines of one call."""
    call, page = _public_call(call_id)
    file = calendar(_call_entries(call, page), name=str(call.title))
    return answer(request, file, filename=f"call-{call.pk}.ics")


def deadline_calendar(request: HttpRequest, call_id: int, deadline_id: int) -> HttpResponse:
    """One deadline of one call."""
    call, page = _public_call(call_id)
    deadline = next((each for each in call.deadlines.all() if each.pk == deadline_id), None)
    if deadline is None:
        raise Http404
    file = calendar([deadline_entry(deadline, call, page)], name=str(call.title))
    return answer(request, file, filename=f"deadline-{deadline.pk}.ics")


def _public_call(call_id: int) -> tuple[Call, CallPage | None]:
    call = get_object_or_404(Call.objects.public().with_chain(), pk=call_id)
    return call, call_pages([call], get_language() or settings.LANGUAGE_CODE).get(call.pk)


def answer(request: HttpRequest, file: bytes, *, filename: str) -> HttpResponse:
    """A calendar file with an ETag, so that subscribed programs fetch it only when it changed."""
    etag = f'"{hashlib.sha256(file).hexdigest()[:32]}"'
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
