"""Importing practices: first a plan, which writes nothing; then all of what was shown, or nothing."""

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from accounts.users.models import User
from hub.content_memory.references import referenced_once
from hub.sheets import planning
from hub.sheets.planning import NEW, Plan, PlannedRow
from hub.sheets.uploads import Sheet
from practices.editing.publishing import publish_complete
from practices.import_export.keeping_times import IMPORTS
from practices.import_export.models import PracticeImport
from practices.import_export.resource import PracticeResource
from practices.sheets import columns

# What Wagtail's history calls it; registered in `practices.wagtail_hooks`.
LOG_ACTION = "practices.import"


def check_columns(sheet: Sheet) -> None:
    """Refuses a sheet whose columns cannot be read, before it is kept."""
    planning.check_columns(sheet, {*columns.names(columns.languages(), with_contact=True)})


def plan(sheet: Sheet, *, by: User, lock: bool = False) -> Plan:
    """What the sheet would do if this person imported it; nothing is written."""
    resource = PracticeResource(with_contact=True, by=by, lock=lock)
    result = resource.import_data(sheet.dataset(), use_transactions=False)
    for unexpected in result.base_errors:
        raise unexpected.error
    return Plan(resource.planned, [*sheet.notes, *resource.notes])


def confirm(upload: PracticeImport, *, by: User, seen: str, publish: bool, leave_out: bool) -> PracticeImport:
    """Writes what was seen, as `hub.sheets.planning.confirm` tells; with `publish` visitors see it at once."""
    publishing = publish and by.has_perm("practices.publish_practice")

    def look(sheet: Sheet) -> Plan:
        return plan(sheet, by=by, lock=True)

    def write(held: PracticeImport, row: PlannedRow) -> None:
        held.published += _save(row, by=by, publish=publishing, source=held)

    return planning.confirm(upload, by=by, seen=seen, leave_out=leave_out, plan=look, write=write)


def _save(row: PlannedRow, *, by: User, publish: bool, source: PracticeImport) -> bool:
    """A draft of what was planned; whether it was published as well."""
    practice = row.thing
    with referenced_once(practice):
        if row.state == NEW:
            practice.save()
        revision = practice.save_revision(user=by, clean=False)
        log(practice, LOG_ACTION, user=by, revision=revision, data={"file": source.name}, content_changed=True)
        return publish and publish_complete(practice, revision, by=by)


def due(at: Moment) -> QuerySet[PracticeImport]:
    """What was uploaded more than a day before that moment, imported or not."""
    return PracticeImport.objects.filter(created_at__lt=at - IMPORTS.span)


def forget() -> int:
    """Deletes it and says how many."""
    return erasing.delete(due(timezone.now()))
