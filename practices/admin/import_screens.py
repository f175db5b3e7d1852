"""Screens of the admin for importing practices: upload, look at what would happen, confirm."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from practices.admin.practice_list import may_import, member_of_staff
from practices.import_export import exporting, importing
from practices.import_export.importing import ChangedMeanwhileError, Plan
from practices.import_export.models import PracticeImport
from practices.import_export.resource import CHANGED, NEW, REFUSED, UNCHANGED, PlannedRow
from practices.sheets import templates
from practices.sheets.columns import COMMENTS
from practices.sheets.uploads import MOST_BYTES, MOST_ROWS, Sheet, read

NAMES = "wagtailsnippets_practices_practice"
View = Callable[..., HttpResponseBase]


def address(name: str, *args: Any) -> str:
    """Of one of these screens."""
    return reverse(f"{NAMES}:{name}", args=args)


class UploadForm(forms.Form):
    """The spreadsheet."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV in UTF-8, or XLSX."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> Sheet:
        """What is in it."""
        sheet = read(self.cleaned_data["file"])
        importing.check_columns(sheet)
        return sheet


class ConfirmForm(forms.Form):
    """That what was shown is to be done."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    leave_out = forms.BooleanField(required=False)
    publish = forms.BooleanField(
        label=_("Publish at once"),
        help_text=_("Without it, new practices become drafts, and changes wait to be published."),
        required=False,
    )


def importers_only(view: View) -> View:
    """Wagtail says so and leads back to its first page."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_import(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def _screen(request: HttpRequest, template: str, title: str, **facts: Any) -> HttpResponse:
    crumbs = [
        {"url": address("list"), "label": gettext("Practices")},
        {"url": address("import"), "label": gettext("Import")},
    ]
    if title:
        crumbs.append({"url": "", "label": title})
    around = {
        "breadcrumbs_items": crumbs,
        "header_title": gettext("Import practices"),
        "header_icon": "upload",
        "list_url": address("list"),
    }
    return render(request, f"practices/admin/{template}.html", around | facts)


@importers_only
def start(request: HttpRequest) -> HttpResponseBase:
    """Upload a spreadsheet; nothing is changed by that."""
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    if sent and form.is_valid():
        sheet: Sheet = form.cleaned_data["file"]
        name = str(request.FILES["file"])[:255]
        upload = PracticeImport.objects.create(by=member_of_staff(request), name=name, sheet=sheet.as_json())
        return redirect(address("import_plan", upload.pk))
    limits = {"most_rows": MOST_ROWS, "most_megabytes": MOST_BYTES // 1_000_000}
    return _screen(request, "import", "", form=form, columns=templates.header(), **limits)


@importers_only
def look(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What would happen, row by row; a press on the button makes it happen."""
    upload = get_object_or_404(PracticeImport, pk=pk, by=member_of_staff(request))
    problem = ""
    if request.method == "POST":
        try:
            return _confirmed(request, upload)
        except ChangedMeanwhileError:
            problem = gettext("Something changed since you looked. Nothing was imported; look once more.")
        except ValidationError as error:
            problem = " ".join(error.messages)
    if upload.done_at:
        return _screen(request, "import_done", upload.name, upload=upload)
    plan = importing.plan(Sheet.from_json(upload.sheet), by=member_of_staff(request))
    facts = {"upload": upload, "plan": plan, "problem": problem, "form": _confirm_form(request, plan)}
    return _screen(request, "import_plan", upload.name, **facts, sections=_sections(plan))


def _confirmed(request: HttpRequest, upload: PracticeImport) -> HttpResponse:
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise ChangedMeanwhileError
    was_done = upload.done_at is not None
    importing.confirm(upload, by=member_of_staff(request), **form.cleaned_data)
    if was_done:
        messages.info(request, gettext("This was imported before; nothing more happened."))
    return redirect(address("import_plan", upload.pk))


def _confirm_form(request: HttpRequest, plan: Plan) -> ConfirmForm:
    """What is shown now is what the next press agrees to, also when an earlier look was another."""
    form = ConfirmForm(initial={"seen": plan.digest})
    if refused := plan.counts[REFUSED]:
        words = ngettext("Leave the %d refused row out", "Leave the %d refused rows out", refused)
        form.fields["leave_out"].label = words % refused
    else:
        del form.fields["leave_out"]
    if not request.user.has_perm("practices.publish_practice"):
        del form.fields["publish"]
    return form


@dataclass(frozen=True)
class Section:
    """The rows to which the same would happen."""

    state: str
    title: str
    rows: list[PlannedRow]


def _sections(plan: Plan) -> list[Section]:
    titles = {
        REFUSED: pgettext("rows", "Refused"),
        CHANGED: gettext("Changed"),
        NEW: gettext("New"),
        UNCHANGED: gettext("Unchanged"),
    }
    return [Section(state, title, rows) for state, title in titles.items() if (rows := plan.of(state))]


@require_safe
@importers_only
def refused_rows(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The rows that are refused with the reasons, to be corrected and uploaded again."""
    upload = get_object_or_404(PracticeImport, pk=pk, by=member_of_staff(request))
    sheet = Sheet.from_json(upload.sheet)
    reasons = {row.number: _in_words(row) for row in importing.plan(sheet, by=member_of_staff(request)).of(REFUSED)}
    own = [name for name in sheet.columns if name not in COMMENTS]
    rows = (
        [number, reasons[number], *(cell for name, cell in zip(sheet.columns, cells, strict=True) if name in own)]
        for number, cells in sheet.rows
        if number in reasons
    )
    return _csv("refused-rows.csv", exporting.csv_lines([*COMMENTS, *own], rows))


def _in_words(row: PlannedRow) -> str:
    return " ".join(f"{column}: {words}" if column else words for column, words in row.reasons)


def _csv(name: str, lines: Iterable[str]) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type=exporting.TYPES[exporting.CSV], headers=headers)


@require_safe
@importers_only
def template_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """A spreadsheet to fill in; as XLSX with the codes on its second sheet."""
    if kind == exporting.CSV:
        return _csv("practices.csv", exporting.csv_lines(templates.header(), []))
    if kind != exporting.XLSX:
        raise Http404
    file = exporting.xlsx_file(templates.header(), [], more={"codes": list(templates.code_rows())})
    return FileResponse(file, as_attachment=True, filename="practices.xlsx", content_type=exporting.TYPES[kind])


@require_safe
@importers_only
def codes(request: HttpRequest) -> HttpResponseBase:
    """Every code with its meaning."""
    header, *rows = templates.code_rows()
    return _csv("codes.csv", exporting.csv_lines(header, rows))


urlpatterns: list[URLPattern] = [
    path("import/", start, name="import"),
    path("import/template.<slug:kind>", template_file, name="import_template"),
    path("import/codes.csv", codes, name="import_codes"),
    path("import/<uuid:pk>/", look, name="import_plan"),
    path("import/<uuid:pk>/refused.csv", refused_rows, name="import_refused"),
]
