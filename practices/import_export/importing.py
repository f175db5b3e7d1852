"""Importing practices: first a plan, which writes nothing; then all of what was shown, or nothing."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation
from wagtail.log_actions import log

from accounts.privacy import erasing
from accounts.users.models import User
from hub.content_memory.references import referenced_once
from practices.editing.publishing import publish_complete
from practices.import_export.keeping_times import IMPORTS
from practices.import_export.models import PracticeImport
from practices.import_export.resource import CHANGED, NEW, REFUSED, UNCHANGED, PlannedRow, PracticeResource
from practices.sheets import columns
from practices.sheets.uploads import Sheet

# What Wagtail's history calls it; registered in `practices.wagtail_hooks`.
LOG_ACTION = "practices.import"


class ChangedMeanwhileError(Exception):
    """The plan is no longer what somebody agreed to."""


@dataclass(frozen=True)
class Plan:
    """What an import would do, row by row."""

    rows: list[PlannedRow]
    # What was left out or understood otherwise than it was written.
    notes: list[str] = field(default_factory=list)

    def of(self, state: str) -> list[PlannedRow]:
        """The rows to which this would happen."""
        return [row for row in self.rows if row.state == state]

    @cached_property
    def counts(self) -> Counter[str]:
        """How many rows by what would happen."""
        return Counter(row.state for row in self.rows)

    @cached_property
    def digest(self) -> str:
        """The same for the same plan: rows, changes, and the versions of the practices that they start from."""
        told = [
            [
                row.number,
                row.state,
                row.slug,
                [[change.column, change.old, change.new] for change in row.changes],
                sorted({column for column, _words in row.reasons}),
                [row.practice.pk, row.practice.latest_revision_id, row.practice.live],
            ]
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def check_columns(sheet: Sheet) -> None:
    """Refuses a sheet whose columns cannot be read, before it is kept."""
    known = {*columns.names(columns.languages(), with_contact=True), *columns.COMMENTS}
    if columns.KEY not in sheet.columns:
        message = _("There is no column “%s”. The first row must hold the names of the columns, as in the template.")
        raise ValidationError(message % columns.KEY, code="key")
    unknown = [name for name in sheet.columns if name not in known]
    if unknown:
        message = _("These columns are not known: %s. The template has the names that are.")
        raise ValidationError(message % ", ".join(name or "–" for name in unknown), code="columns")


def plan(sheet: Sheet, *, by: User, lock: bool = False) -> Plan:
    """What the sheet would do if this person imported it; nothing is written."""
    resource = PracticeResource(with_contact=True, by=by, lock=lock)
    result = resource.import_data(sheet.dataset(), use_transactions=False)
    for unexpected in result.base_errors:
        raise unexpected.error
    return Plan(resource.planned, [*sheet.notes, *resource.notes])


def confirm(upload: PracticeImport, *, by: User, seen: str, publish: bool, leave_out: bool) -> PracticeImport:
    """Writes what was seen, all of it or nothing; a second time it does nothing more.

    Raises ChangedMeanwhileError when it would no longer do the same, and ValidationError when rows are refused
    and it was not said to leave them out.
    """
    try:
        with transaction.atomic():
            held = PracticeImport.objects.select_for_update().get(pk=upload.pk, by=by)
            if held.done_at is None:
                _write(held, by=by, seen=seen, publish=publish, leave_out=leave_out)
            return held
    except IntegrityError as error:
        if not _is_taken(error):
            raise
        raise ChangedMeanwhileError from error


def _is_taken(error: IntegrityError) -> bool:
    """Whether somebody took a unique value, such as an address, between the look and the writing."""
    return isinstance(error.__cause__, UniqueViolation)


def _write(held: PracticeImport, *, by: User, seen: str, publish: bool, leave_out: bool) -> None:
    planned = plan(Sheet.from_json(held.sheet), by=by, lock=True)
    if planned.digest != seen:
        raise ChangedMeanwhileError
    if planned.counts[REFUSED] and not leave_out:
        raise ValidationError(_("Some rows are refused. Correct them in the file, or choose to leave them out."))
    publishing = publish and by.has_perm("practices.publish_practice")
    for row in [*planned.of(NEW), *planned.of(CHANGED)]:
        held.published += _save(row, by=by, publish=publishing, source=held)
    held.added = planned.counts[NEW]
    held.changed = planned.counts[CHANGED]
    held.unchanged = planned.counts[UNCHANGED]
    held.refused = planned.counts[REFUSED]
    held.done_at = timezone.now()
    held.save()


def _save(row: PlannedRow, *, by: User, publish: bool, source: PracticeImport) -> bool:
    """A draft of what was planned; whether it was published as well."""
    practice = row.practice
    with referenced_once(practice):
        if row.state == NEW:
            practice.save()
        revision = practice.save_revision(user=by, clean=False)
        log(practice, LOG_ACTION, user=by, revision=revision, data={"file": source.name}, content_changed=True)
        return publish and publish_complete(practice, revision, by=by)


def forget() -> int:
    """Deletes what was uploaded more than a day ago, imported or not, and says how many."""
    return erasing.delete(PracticeImport.objects.filter(created_at__lt=timezone.now() - IMPORTS.span))
