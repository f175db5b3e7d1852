"""Screens of the admin for importing practices."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from hub.sheets.planning import Plan
from hub.sheets.screens import ConfirmForm, ImportScreens
from hub.sheets.uploads import Sheet
from practices.import_export import importing
from practices.import_export.models import PracticeImport
from practices.practice.models.practice import Practice
from practices.sheets import templates


class PublishingForm(ConfirmForm):
    """That what was shown is to be done, and whether visitors see it at once."""

    publish = forms.BooleanField(
        label=_("Publish at once"),
        help_text=_("Without it, new practices become drafts, and changes wait to be published."),
        required=False,
    )


class PracticeImportScreens(ImportScreens):
    """Whoever may add or change practices may do so with a spreadsheet."""

    names = "wagtailsnippets_practices_practice"
    file_name = "practices"
    title = _("Import practices")
    list_title = _("Practices")
    thing = _("Practice")
    start_template = "practices/admin/import.html"
    upload_model = PracticeImport
    form_class = PublishingForm

    def may(self, user: Any) -> bool:
        return any(user.has_perm(f"practices.{action}_practice") for action in ("add", "change"))

    def check(self, sheet: Sheet) -> None:
        importing.check_columns(sheet)

    def plan(self, sheet: Sheet, *, by: User) -> Plan:
        return importing.plan(sheet, by=by)

    def confirm(self, upload: PracticeImport, *, by: User, **choices: Any) -> PracticeImport:
        return importing.confirm(upload, by=by, **choices)

    def things(self) -> QuerySet[Practice]:
        return Practice.objects.prefetch_related("texts")

    def header(self) -> list[str]:
        return templates.header()

    def code_rows(self) -> Iterator[list[str]]:
        return templates.code_rows()

    def confirm_form(self, request: HttpRequest, plan: Plan) -> ConfirmForm:
        form = super().confirm_form(request, plan)
        if not request.user.has_perm("practices.publish_practice"):
            del form.fields["publish"]
        return form


SCREENS = PracticeImportScreens()
