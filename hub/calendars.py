"""Calendar files: one entry per deadline, one file per call, and the feed that every app with dates contributes to."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language, gettext, pgettext
from icalendar import Calendar, Event, Timezone, vCalAddress, vDuration
from wagtail.models import PageLogEntry

from hub import brussels
from hub.calendar_zones import definition
from hub.models import Call, CallPage, Deadline
from hub.visibility import visible
from notifications.composing import sender_address
from notifications.outbox import Attachment

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


def deadline_entry(deadline: Deadline, call: Call, page: CallPage | None) -> Event:
    """One deadline as a calendar entry: the same UID for ever, a higher SEQUENCE each time it moved or was withdrawn.

    Its stamps are those of the facts, not of the moment of asking: a calendar that did not change is the same file.
    """
    start = brussels.local(deadline.due_at)
    changed = max(filter(None, [call.changed_at, page and page.last_published_at]))
    entry = Event()
    entry.add("uid", f"deadline-{deadline.pk}@{settings.SITE_HOST}")
    entry.add("sequence", deadline.version - 1 + bool(call.withdrawn_at))
    entry.add("dtstamp", _stamp(changed))
    entry.add("last-modified", _stamp(changed))
    entry.add("created", _stamp(call.created_at))
    entry.add("dtstart", start if deadline.has_time else start.date())
    entry.add("summary", f"{deadline.label}{pgettext('punctuation', ':')} {page.title if page else call.title}")
    entry.add("description", _description(deadline, call))
    entry.add("transp", "TRANSPARENT")
    entry.add("status", "CANCELLED" if call.withdrawn_at else "CONFIRMED")
    entry.add("organizer", vCalAddress(f"mailto:{sender_address()}"))
    if page:
        entry.add("url", f"{settings.SITE_URL}{page.url}")
    return entry


def _description(deadline: Deadline, call: Call) -> str:
    lines = [gettext("Who acts: %(actor)s") % {"actor": deadline.get_actor_display()}]
    if call.withdrawn_at:
        lines.append(gettext("This call was withdrawn: %(reason)s") % {"reason": call.withdrawn_reason})
    return "\n".join(lines)


def _stamp(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def attachment(deadline: Deadline, call: Call, language: str) -> Attachment:
    """One deadline as a file that goes with a mail; of a call that was withdrawn, one that takes the entry out."""
    method = "CANCEL" if call.withdrawn_at else "PUBLISH"
    entry = deadline_entry(deadline, call, call_pages([call], language).get(call.pk))
    return {
        "name": f"deadline-{deadline.pk}.ics",
        "type": f"text/calendar; method={method}",
        "content": calendar([entry], name=str(call.title), method=method).decode(),
    }


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
    """Everything with a date, for calendar programs to subscribe to; what is cancelled stays in it as cancelled."""
    language = get_language() or settings.LANGUAGE_CODE
    entries = [entry for source in _sources for entry in source(language)]
    return answer(
        request,
        calendar(entries, name=gettext("Calls and events")),
        filename="calendar.ics",
        changed=max(filter(None, [_last_change(entries), _last_disappearance()]), default=None),
    )


def call_calendar(request: HttpRequest, call_id: int) -> HttpResponse:
    """All deadlines of one call."""
    call, page = _public_call(call_id)
    entries = _call_entries(call, page)
    file = calendar(entries, name=str(call.title))
    changed = max(filter(None, [_last_change(entries), _stamp(call.changed_at)]))
    return answer(request, file, filename=f"call-{call.pk}.ics", changed=changed)


def deadline_calendar(request: HttpRequest, call_id: int, deadline_id: int) -> HttpResponse:
    """One deadline of one call."""
    call, page = _public_call(call_id)
    deadline = next((each for each in call.deadlines.all() if each.pk == deadline_id), None)
    if deadline is None:
        raise Http404
    entry = deadline_entry(deadline, call, page)
    file = calendar([entry], name=str(call.title), method="CANCEL" if call.withdrawn_at else "PUBLISH")
    return answer(request, file, filename=f"deadline-{deadline.pk}.ics", changed=_last_change([entry]))


def _public_call(call_id: int) -> tuple[Call, CallPage | None]:
    call = get_object_or_404(Call.objects.public().with_chain(), pk=call_id)
    return call, call_pages([call], get_language() or settings.LANGUAGE_CODE).get(call.pk)


def _last_change(entries: Iterable[Event]) -> datetime | None:
    return max((entry.decoded("last-modified") for entry in entries if "last-modified" in entry), default=None)


def _last_disappearance() -> datetime | None:
    """When a page last went: without this, whoever asks by date alone would keep its dates for ever."""
    going = PageLogEntry.objects.filter(action__regex=f"^({'|'.join(_DISAPPEARING)})")
    moment = going.aggregate(latest=Max("timestamp"))["latest"]
    return moment and _stamp(moment)


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
