"""Badges and the list of who comes, on paper and as a table: for staff."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from events.agenda.models import Event
from events.door import doors
from events.door.people import attended
from events.seats.models import Registration
from hub.dates.words import clock, day
from hub.pdf import typesetting

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


@never_cache
@require_safe
def badges_pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same page of badges as a PDF."""
    event = _event(request, uid)
    people = Registration.objects.confirmed().filter(event=event).order_by("person", "pk")
    shown = _page(request, people.only("name", "organisation_name"), BADGES)
    them = [{"name": each.name, "organisation": each.organisation_name} for each in shown]
    return _pdf("badges", {"event": str(event), "people": them}, title=f"{gettext('Badges')}: {event}")


@never_cache
@require_safe
def attendance_pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same page of the list as a PDF."""
    event = _event(request, uid)
    came = {True: gettext("without registration"), False: ""}
    rows = [
        [
            " – ".join(filter(None, [each["name"] or "–", came[each["is_walk_in"]]])),
            each["organisation_name"],
            clock(each["came_at"]) if each["came_at"] else "",
            "",
        ]
        for each in _page(request, attended(event), LINES)
    ]
    columns = [gettext("Name"), gettext("Organisation"), gettext("Came"), gettext("Signature")]
    context: dict[str, Any] = {"heading": gettext("Attendance list"), "lead": f"{event}, {day(event.starts_at)}"}
    context |= {"columns": columns, "rows": rows}
    return _pdf("attendance", context, title=f"{gettext('Attendance list')}: {event}")


def _pdf(name: str, context: dict[str, Any], *, title: str) -> HttpResponse:
    file = typesetting.render(f"events/door/{name}.typ", context, language=get_language() or "en", title=title)
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(file, content_type="application/pdf", headers=headers)


def _page(request: HttpRequest, rows: Any, per_page: int) -> Any:
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def _printed(request: HttpRequest, template: str, event: Event, rows: Any, per_page: int) -> HttpResponse:
    return render(request, template, {"event": event, "page_obj": _page(request, rows, per_page)})


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
