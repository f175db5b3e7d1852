"""Screens of the admin after an event: what people thought of it, and when they are written to."""

import csv

from django.http import HttpRequest, HttpResponse
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
from hub.files.spreadsheet_cells import inert


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
        "csv_url": reverse("wagtailsnippets_events_event:feedback_csv", args=[event.pk]),
    }
    return render(request, "events/admin/feedback.html", context)


@require_GET
def feedback_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a file: a line for each mark with its number, and one for each text."""
    event = found(request, Event, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="feedback-{event.pk}.csv"'
    response.write("\ufeff")  # without it, spreadsheets take the file for another alphabet
    lines = csv.writer(response)
    lines.writerow([gettext("Question"), gettext("Answer"), gettext("Answers")])
    for result in results.of(event):
        lines.writerows([inert(result.question.label), *cells] for cells in _cells(result))
    return response


def _cells(result: Result) -> list[tuple[str, int | str]]:
    if not result.is_shown:
        return [("", gettext("fewer than %(fewest)d") % {"fewest": FEWEST})]
    return [*((str(bar.mark), bar.number) for bar in result.bars), *((inert(text), 1) for text in result.texts)]
