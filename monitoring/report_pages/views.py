"""Reports as everybody reads them: the list, each on its page, and as files."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from accounts.public_forms.throttling import HOUR, allow_visitor
from hub.content_memory.content_version import remembered
from hub.languages.names import language_name
from hub.languages.reading_order import BRIDGE, distance, in_reading_order
from hub.refusals.error_views import too_many
from hub.sheets import writing
from monitoring.report_pages import files, reading
from monitoring.report_pages.screens import may_edit
from monitoring.reports.models import Report, ReportQuerySet

PER_PAGE = 20
PDF, JSON = "pdf", "json"
# Files that one visitor may have made in an hour: a PDF costs a fraction of a second of one core.
DOWNLOADS = 60


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Those that are published, each once, in the reader's language where it is there."""
    language = get_language() or BRIDGE
    once = (
        Report.objects.public().order_by("family", distance("language", language), "pk").distinct("family").values("pk")
    )
    rows = Report.objects.public().filter(pk__in=once).defer("content").order_by("-until", "-pk")
    page_obj = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page_obj": page_obj,
        "reports": [(each, "" if each.language == language else each.language) for each in page_obj],
    }
    return render(request, "monitoring/reports/reports.html", facts)


@require_safe
def report(request: HttpRequest, family: UUID) -> HttpResponse:
    """One report in the reader's language, else in the nearest that it is in."""
    found = _nearest(request, family)
    others = _readable(request).filter(family=family).exclude(pk=found.pk).defer("content").order_by("language")
    foreign = found.language if found.language != get_language() else ""
    facts = {
        "report": found,
        "shown": reading.open_report(found),
        "others": [(each, language_name(each.language)) for each in others],
        "foreign": foreign,
        "language_name": language_name(foreign),
        "crumbs": [{"title": gettext("Reports"), "url": reverse("reports:reports")}],
    }
    return render(request, "monitoring/reports/report.html", facts)


@require_safe
def file(request: HttpRequest, family: UUID, kind: str) -> HttpResponseBase:
    """The report as a PDF, as a table, or as the JSON that its SHA-256 is of."""
    found = _nearest(request, family)
    make = _MAKERS.get(kind)
    if make is None:
        raise Http404
    if not allow_visitor(request, "report", limit=DOWNLOADS, per=HOUR):
        return too_many(request)
    answer = make(found)
    name = f"report-{found.until}-{found.language}.{kind}"
    answer["Content-Disposition"] = f'{"inline" if kind == PDF else "attachment"}; filename="{name}"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _readable(request: HttpRequest) -> ReportQuerySet:
    """What is published; drafts for those who write them."""
    return Report.objects.all() if may_edit(request.user) else Report.objects.public()


def _nearest(request: HttpRequest, family: UUID) -> Report:
    """In the language of the address, else in the nearest one."""
    there = list(_readable(request).filter(family=family).defer("content").order_by("pk"))
    if not there:
        raise Http404
    return in_reading_order(there, get_language() or BRIDGE, there[0].language)[0]


def _pdf(found: Report) -> HttpResponse:
    """Made once for each state of the content, in which a correction is one."""
    made = remembered(("report", found.pk), lambda: files.as_pdf(found)) if found.is_published else files.as_pdf(found)
    return HttpResponse(made, content_type="application/pdf")


def _csv(found: Report) -> HttpResponse:
    return HttpResponse(files.as_csv(found), content_type=writing.TYPES[writing.CSV])


def _xlsx(found: Report) -> FileResponse:
    return FileResponse(files.as_xlsx(found), content_type=writing.TYPES[writing.XLSX])


def _json(found: Report) -> HttpResponse:
    return HttpResponse(files.as_json(found), content_type=writing.TYPES[writing.JSON])


_MAKERS: dict[str, Callable[[Report], Any]] = {
    PDF: _pdf, writing.CSV: _csv, writing.XLSX: _xlsx, JSON: _json,
}  # fmt: skip
