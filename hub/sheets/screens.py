"""Screens of the admin for an import: upload, look at what would happen, confirm. An app says what is its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.menu import MenuItem

from accounts.users.models import User
from hub.sheets import writing
from hub.sheets.cells import COMMENTS
from hub.sheets.planning import CHANGED, NEW, REFUSED, UNCHANGED, ChangedMeanwhileError, Plan, PlannedRow
from hub.sheets.uploads import MOST_BYTES, MOST_ROWS, Sheet, read

View = Callable[..., HttpResponseBase]
# So many things that an import made have a link of their own; the list has all of them.
MOST_LINKS = 20


class ConfirmForm(forms.Form):
    """That what was shown is to be done."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    leave_out = forms.BooleanField(required=False)


@dataclass(frozen=True)
class Section:
    """The rows to which the same would happen."""

    state: str
    title: str
    rows: list[PlannedRow]


class ImportScreens:
    """What an app says of its own import; `urlpatterns` stand below the list of the things."""

    names: ClassVar[str]  # the namespace of the addresses
    file_name: ClassVar[str]
    title: ClassVar[str | Promise]
    list_title: ClassVar[str | Promise]
    thing: ClassVar[str | Promise]
    start_template: ClassVar[str]
    upload_model: ClassVar[Any]
    form_class: ClassVar[type[ConfirmForm]] = ConfirmForm

    def may(self, user: Any) -> bool:
        """Whether this person may import at all."""
        raise NotImplementedError

    def check(self, sheet: Sheet) -> None:
        """Raises ValidationError where the columns cannot be read."""
        raise NotImplementedError

    def plan(self, sheet: Sheet, *, by: User) -> Plan:
        """What the sheet would do; nothing is written."""
        raise NotImplementedError

    def confirm(self, upload: Any, *, by: User, **choices: Any) -> Any:
        """Writes what was seen; raises what `hub.sheets.planning.confirm` raises."""
        raise NotImplementedError

    def things(self) -> "QuerySet[Any]":
        """What an import can make, with all that its name asks for."""
        raise NotImplementedError

    def header(self) -> list[str]:
        """The columns that are read."""
        raise NotImplementedError

    def code_rows(self) -> Iterator[list[str]]:
        """Every code by its column, with its label in each language; the names of the columns first."""
        raise NotImplementedError

    def confirm_form(self, request: HttpRequest, plan: Plan) -> ConfirmForm:
        """What is shown now is what the next press agrees to, also when an earlier look was another."""
        form = self.form_class(initial={"seen": plan.digest})
        if refused := plan.counts[REFUSED]:
            words = ngettext("Leave the %d refused row out", "Leave the %d refused rows out", refused)
            form.fields["leave_out"].label = words % refused
        else:
            del form.fields["leave_out"]
        return form

    def address(self, name: str, *args: Any) -> str:
        """Of one of these screens."""
        return reverse(f"{self.names}:{name}", args=args)

    def menu_item(self) -> MenuItem:
        """The entry of the menu, for those who may."""
        screens = self

        class _ImportMenuItem(MenuItem):
            def is_shown(self, request: HttpRequest) -> bool:
                return screens.may(request.user)

        return _ImportMenuItem(_("Import"), self.address("import"), icon_name="upload", order=900)

    def urlpatterns(self) -> list[URLPattern]:
        """All of them."""
        return [
            path("import/", self._guarded(self._start, safe=False), name="import"),
            path("import/template.<slug:kind>", self._guarded(self._template_file), name="import_template"),
            path("import/<uuid:pk>/", self._guarded(self._look, safe=False), name="import_plan"),
            *(
                path(f"import/{place}.{kind}", self._guarded(view), {"kind": kind}, name=f"{name}_{kind}")
                for place, view, name in (
                    ("codes", self._codes, "import_codes"),
                    ("<uuid:pk>/refused", self._refused_rows, "import_refused"),
                )
                for kind in writing.SPREADSHEETS
            ),
        ]

    def _guarded(self, view: View, *, safe: bool = True) -> View:
        """Wagtail says so to who may not and leads back to its first page."""

        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.may(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return require_safe(checked) if safe else require_http_methods(["GET", "HEAD", "POST"])(checked)

    def _screen(self, request: HttpRequest, template: str, title: str, **facts: Any) -> HttpResponse:
        crumbs = [
            {"url": self.address("list"), "label": str(self.list_title)},
            {"url": self.address("import"), "label": gettext("Import")},
        ]
        if title:
            crumbs.append({"url": "", "label": title})
        around = {
            "breadcrumbs_items": crumbs,
            "header_title": str(self.title),
            "header_icon": "upload",
            "list_title": self.list_title,
            "list_url": self.address("list"),
            "import_url": self.address("import"),
            "thing": self.thing,
        }
        return render(request, template, around | facts)

    def _start(self, request: HttpRequest) -> HttpResponseBase:
        """Upload a spreadsheet; nothing is changed by that."""
        sent = request.method == "POST"
        form = UploadForm(request.POST, request.FILES, check=self.check) if sent else UploadForm(check=self.check)
        if sent and form.is_valid():
            sheet: Sheet = form.cleaned_data["file"]
            name = str(request.FILES["file"])[:255]
            upload = self.upload_model.objects.create(by=_person(request), name=name, sheet=sheet.as_json())
            return redirect(self.address("import_plan", upload.pk))
        limits = {"most_rows": MOST_ROWS, "most_megabytes": MOST_BYTES // 1_000_000}
        files = {
            "template_xlsx": self.address("import_template", writing.XLSX),
            "template_csv": self.address("import_template", writing.CSV),
            "codes_xlsx": self.address("import_codes_xlsx"),
            "codes_csv": self.address("import_codes_csv"),
        }
        return self._screen(request, self.start_template, "", form=form, columns=self.header(), **limits, **files)

    def _look(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        """What would happen, row by row; a press on the button makes it happen."""
        upload = self._own(request, pk)
        refused = {f"refused_{kind}": self.address(f"import_refused_{kind}", pk) for kind in writing.SPREADSHEETS}
        problem = ""
        if request.method == "POST":
            try:
                return self._confirmed(request, upload)
            except ChangedMeanwhileError:
                problem = gettext("Something changed since you looked. Nothing was imported; look once more.")
            except ValidationError as error:
                problem = " ".join(error.messages)
        if upload.done_at:
            facts = {"publishes": hasattr(upload, "published"), **self._made(upload), **refused}
            return self._screen(request, "hub/admin/import_done.html", upload.name, upload=upload, **facts)
        plan = self.plan(Sheet.from_json(upload.sheet), by=_person(request))
        facts = {"plan": plan, "problem": problem, "form": self.confirm_form(request, plan), **refused}
        return self._screen(request, "hub/admin/import_plan.html", upload.name, **facts, sections=_sections(plan))

    def _made(self, upload: Any) -> dict[str, Any]:
        """The first things that it made or changed and are still there, and the list of all."""
        shown = upload.keys_made[:MOST_LINKS]
        found = self.things().in_bulk(shown)
        words = {NEW: gettext("New"), CHANGED: gettext("Changed")}
        state = {key: words[name] for name, keys in upload.made.items() for key in keys}
        made = [(found[key], self.address("edit", key), state[key]) for key in shown if key in found]
        return {"made": made, "made_url": f"{self.address('list')}?imported={upload.pk}"}

    def _confirmed(self, request: HttpRequest, upload: Any) -> HttpResponse:
        form = self.form_class(request.POST)
        if not form.is_valid():
            raise ChangedMeanwhileError
        was_done = upload.done_at is not None
        self.confirm(upload, by=_person(request), **form.cleaned_data)
        if was_done:
            messages.info(request, gettext("This was imported before; nothing more happened."))
        return redirect(self.address("import_plan", upload.pk))

    def _refused_rows(self, request: HttpRequest, pk: UUID, kind: str) -> HttpResponseBase:
        """The rows that are refused with the reasons, to be corrected and uploaded again."""
        sheet = Sheet.from_json(self._own(request, pk).sheet)
        refused = self.plan(sheet, by=_person(request)).of(REFUSED)
        reasons = {row.number: _in_words(row) for row in refused}
        own = [name for name in sheet.columns if name not in COMMENTS]
        rows = (
            [number, reasons[number], *(cell for name, cell in zip(sheet.columns, cells, strict=True) if name in own)]
            for number, cells in sheet.rows
            if number in reasons
        )
        try:
            return writing.download("refused-rows", kind, [*COMMENTS, *own], rows, dated=False)
        except ValidationError as error:  # a cell longer than XLSX holds
            messages.error(request, " ".join(error.messages))
            return redirect(self.address("import_plan", pk))

    def _own(self, request: HttpRequest, pk: UUID) -> Any:
        return get_object_or_404(self.upload_model, pk=pk, by=_person(request))

    def _template_file(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """A spreadsheet to fill in; as XLSX with the codes on its second sheet."""
        if kind == writing.CSV:
            return writing.download(self.file_name, kind, self.header(), [], dated=False)
        if kind != writing.XLSX:
            raise Http404
        file = writing.xlsx_file(self.file_name, self.header(), [], more={"codes": list(self.code_rows())})
        name = f"{self.file_name}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name, content_type=writing.TYPES[kind])

    def _codes(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """Every code with its meaning."""
        header, *rows = self.code_rows()
        return writing.download("codes", kind, header, rows, dated=False)


class UploadForm(forms.Form):
    """The spreadsheet."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV (UTF-8 or Windows-1252) or XLSX."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args: Any, check: Callable[[Sheet], None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._check = check

    def clean_file(self) -> Sheet:
        """What is in it."""
        sheet = read(self.cleaned_data["file"])
        self._check(sheet)
        return sheet


def _sections(plan: Plan) -> list[Section]:
    titles = {
        REFUSED: pgettext("rows", "Refused"),
        CHANGED: gettext("Changed"),
        NEW: gettext("New"),
        UNCHANGED: gettext("Unchanged"),
    }
    return [Section(state, title, rows) for state, title in titles.items() if (rows := plan.of(state))]


def _person(request: HttpRequest) -> User:
    """Who asks; the admin lets nobody else in."""
    user: User = request.user  # type: ignore[assignment]  # Django knows strangers as well
    return user


def _in_words(row: PlannedRow) -> str:
    return " ".join(f"{column}: {words}" if column else words for column, words in row.reasons)
