"""Screens of the admin for importing organisations."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from hub.sheets.planning import Plan
from hub.sheets.screens import ImportScreens
from hub.sheets.uploads import Sheet
from partners.organisations.models import Organisation
from partners.sheets import columns, importing
from partners.sheets.models import OrganisationImport


class OrganisationImportScreens(ImportScreens):
    """Whoever may add or change organisations may do so with a spreadsheet."""

    names = "wagtailsnippets_partners_organisation"
    file_name = "organisations"
    title = _("Import organisations")
    list_title = _("Organisations")
    thing = _("Organisation")
    start_template = "partners/admin/import.html"
    upload_model = OrganisationImport

    def may(self, user: Any) -> bool:
        return any(user.has_perm(f"partners.{action}_organisation") for action in ("add", "change"))

    def check(self, sheet: Sheet) -> None:
        importing.check_columns(sheet)

    def plan(self, sheet: Sheet, *, by: User) -> Plan:
        return importing.plan(sheet, by=by)

    def confirm(self, upload: OrganisationImport, *, by: User, **choices: Any) -> OrganisationImport:
        return importing.confirm(upload, by=by, **choices)

    def things(self) -> QuerySet[Organisation]:
        return Organisation.objects.all()

    def header(self) -> list[str]:
        return columns.header()

    def code_rows(self) -> Iterator[list[str]]:
        return columns.code_rows()


SCREENS = OrganisationImportScreens()
