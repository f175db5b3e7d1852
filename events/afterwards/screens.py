"""Screens of the admin after an event: what people thought of it, and when they are written to."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from events.afterwards import emails
from events.afterwards.thanking import thanks_due_at
from events.agenda.models import Event
from events.feedback import results
from events.feedback.results import FEWEST, Result
from events.seats.models import Registration
from hub.changes.screens import found
from hub.sheets import writing


@require_GET
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """What those who came thought, as far as enough people said it; never who."""
    event = found(request, Event, pk)
    context = {
        "title": gettext("After the event"),
        "subject": event,
        "event": event,
        "results": results.of(event),
        "fewest": FEWEST,
        "written": emails.written(event),
        "came": Registration.objects.who_came().filter(event=event).count(),
        "due_at": thanks_due_at(event),
        "back_url": reverse("wagtailsnippets_events_event:edit", args=[event.pk]),
        "xlsx_url": reverse("wagtailsnippets_events_event:feedback_xlsx", args=[event.pk]),
        "csv_url": reverse("wagtailsnippets_events_event:feedback_csv", args=[event.pk]),
    }
    return render(request, "events/admin/feedback.html", context)


@require_GET
def feedback_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The same as a file: a line for each mark with its number, and one for each text."""
    event = found(request, Event, pk)
    header = [gettext("Question"), gettext("Answer"), gettext("Answers")]
    rows = [[result.question.label, *cells] for result in results.of(event) for cells in _cells(result)]
    return writing.download(f"feedback-{event.pk}", kind, header, rows, dated=False)


def _cells(result: Result) -> Iterator[list[Any]]:
    if not result.is_shown:
        yield ["", gettext("fewer than %(fewest)d") % {"fewest": FEWEST}]
        return
    yield from ([bar.mark, bar.number] for bar in result.bars)
    yield from ([text, 1] for text in result.texts)
