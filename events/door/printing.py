"""Badges and the list of who comes, on paper and as a table: for staff."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from events.agenda.models import Event
from events.door import doors
from events.door.people import attended
from events.seats.models import Registration

# Sheets of ten badges; what comes out of a printer in one go.
BADGES, LINES = 200, 400


def _event(request: HttpRequest, uid: UUID) -> Event:
    doors.demand(request)
    return get_object_or_404(Event, uid=uid)


@never_cache
@require_safe
def badges(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A badge for everybody who has a seat, by name."""
    event = _event(request, uid)
    people = Registration.objects.confirmed().filter(event=event).order_by("person", "pk")
    return _printed(request, "events/door/badges.html", event, people.only("name", "organisation_name"), BADGES)


@never_cache
@require_safe
def attendance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everybody who has a seat or came, by name: to tick off and to sign."""
    event = _event(request, uid)
    return _printed(request, "events/door/attendance.html", event, attended(event), LINES)


def _printed(request: HttpRequest, template: str, event: Event, rows: Any, per_page: int) -> HttpResponse:
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    return render(request, template, {"event": event, "page_obj": page})


class AttendanceFile(SpreadsheetExportMixin, View):
    """Who was expected and who came, for a spreadsheet: `?export=csv` or `?export=xlsx`, as all lists of the admin."""

    list_export = ["name", "organisation_name", "email", "is_walk_in", "came_at"]
    export_headings = {
        "name": _("Name"),
        "organisation_name": _("Organisation"),
        "email": _("E-mail address"),
        "is_walk_in": _("Without registration"),
        "came_at": _("Came at (Brussels)"),
    }
    export_filename = "attendance"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        doors.demand(request)
        event = get_object_or_404(Event, pk=pk)
        form = request.GET.get("export")
        return self.as_spreadsheet(attended(event), form if form in self.FORMATS else self.FORMAT_XLSX)
