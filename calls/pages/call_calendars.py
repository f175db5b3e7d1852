"""The dates of calls as calendar files: one entry per deadline, one file per call."""

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, gettext, pgettext
from icalendar import Event, vCalAddress

from calls.chain.models import Call, Deadline
from calls.pages.models import CallPage
from hub.dates import brussels, calendars
from hub.dates.calendars import last_change, stamp
from hub.languages.reading_order import nearest_pages
from hub.site.visibility import visible
from notifications.delivery.composing import sender_address
from notifications.outbox.outbox import Attachment


def deadline_entry(deadline: Deadline, call: Call, page: CallPage | None) -> Event:
    """One deadline as a calendar entry: the same UID for ever, a higher SEQUENCE each time it moved or was withdrawn.

    Its stamps are those of the facts, not of the moment of asking: a calendar that did not change is the same file.
    """
    start = brussels.local(deadline.due_at)
    changed = max(filter(None, [call.changed_at, page and page.last_published_at]))
    entry = Event()
    entry.add("uid", f"deadline-{deadline.pk}@{settings.SITE_HOST}")
    entry.add("sequence", deadline.version - 1 + bool(call.withdrawn_at))
    entry.add("dtstamp", stamp(changed))
    entry.add("last-modified", stamp(changed))
    entry.add("created", stamp(call.created_at))
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


def attachment(deadline: Deadline, call: Call, language: str) -> Attachment:
    """One deadline as a file that goes with a mail; of a call that was withdrawn, one that takes the entry out."""
    method = "CANCEL" if call.withdrawn_at else "PUBLISH"
    entry = deadline_entry(deadline, call, call_pages([call], language).get(call.pk))
    return {
        "name": f"deadline-{deadline.pk}.ics",
        "type": f"text/calendar; method={method}",
        "content": calendars.calendar([entry], name=str(call.title), method=method).decode(),
    }


def _call_entries(call: Call, page: CallPage | None) -> list[Event]:
    return [deadline_entry(deadline, call, page) for deadline in call.deadlines.all()]


def call_pages(calls: Iterable[Call], language: str) -> dict[int, CallPage]:
    """For each call the page that this reader gets, as in the list of calls; one query."""
    return nearest_pages(visible(CallPage.objects.filter(call__in=calls)), "call_id", language)


def deadlines(language: str) -> list[Event]:
    """The deadlines of every public call."""
    calls = list(Call.objects.public().with_chain())
    pages = call_pages(calls, language)
    return [entry for call in calls for entry in _call_entries(call, pages.get(call.pk))]


def call_calendar(request: HttpRequest, call_id: int) -> HttpResponse:
    """All deadlines of one call."""
    call, page = _public_call(call_id)
    entries = _call_entries(call, page)
    file = calendars.calendar(entries, name=str(call.title))
    changed = max(filter(None, [last_change(entries), stamp(call.changed_at)]))
    return calendars.answer(request, file, filename=f"call-{call.pk}.ics", changed=changed)


def deadline_calendar(request: HttpRequest, call_id: int, deadline_id: int) -> HttpResponse:
    """One deadline of one call."""
    call, page = _public_call(call_id)
    deadline = next((each for each in call.deadlines.all() if each.pk == deadline_id), None)
    if deadline is None:
        raise Http404
    entry = deadline_entry(deadline, call, page)
    file = calendars.calendar([entry], name=str(call.title), method="CANCEL" if call.withdrawn_at else "PUBLISH")
    return calendars.answer(request, file, filename=f"deadline-{deadline.pk}.ics", changed=last_change([entry]))


def _public_call(call_id: int) -> tuple[Call, CallPage | None]:
    call = get_object_or_404(Call.objects.public().with_chain(), pk=call_id)
    return call, call_pages([call], get_language() or settings.LANGUAGE_CODE).get(call.pk)
