"""What an import would do, before anybody agreed to it; and agreeing, once."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from accounts.users.models import User
from hub.sheets.cells import COMMENTS, KEY
from hub.sheets.excerpts import difference
from hub.sheets.models import UploadedSheet
from hub.sheets.uploads import Sheet

NEW, CHANGED, UNCHANGED, REFUSED = "new", "changed", "unchanged", "refused"

Upload = TypeVar("Upload", bound=UploadedSheet)


class ChangedMeanwhileError(Exception):
    """The plan is no longer what somebody agreed to."""


@dataclass(frozen=True)
class Change:
    """What one cell does."""

    column: str
    old: str
    new: str

    @property
    def excerpts(self) -> tuple[str, str]:
        """Old and new, cut to where they differ."""
        return difference(self.old, self.new)


@dataclass(frozen=True)
class PlannedRow:
    """What an import would do with one row, and why it would not; the thing is as it would be, unsaved.

    `version` is what the row starts from: where it is another one, what was seen no longer holds.
    """

    number: int
    state: str
    slug: str
    thing: Any
    changes: list[Change] = field(default_factory=list)
    reasons: list[tuple[str, str]] = field(default_factory=list)
    version: list[Any] = field(default_factory=list)
    # What staff have to know besides before they agree.
    warning: str = ""


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
        """The same for the same plan: rows, changes, and the versions of the things that they start from."""
        told = [
            [
                row.number,
                row.state,
                row.slug,
                [[change.column, change.old, change.new] for change in row.changes],
                sorted({column for column, _words in row.reasons}),
                row.version,
            ]
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def check_columns(sheet: Sheet, known: set[str]) -> None:
    """Refuses a sheet whose columns cannot be read, before it is kept."""
    if KEY not in sheet.columns:
        message = _("There is no column “%s”. The first row must hold the names of the columns, as in the template.")
        raise ValidationError(message % KEY, code="key")
    unknown = [name for name in sheet.columns if name not in {*known, *COMMENTS}]
    if unknown:
        message = _("These columns are not known: %s. The template has the names that are.")
        raise ValidationError(message % ", ".join(name or "–" for name in unknown), code="columns")


def confirm(
    upload: Upload,
    *,
    by: User,
    seen: str,
    leave_out: bool,
    plan: Callable[[Sheet], Plan],
    write: Callable[[Upload, PlannedRow], None],
) -> Upload:
    """Writes what was seen, all of it or nothing; a second time it does nothing more.

    `plan` looks anew under locks, `write` writes one row that is new or changed. Raises ChangedMeanwhileError when it
    would no longer do the same, and ValidationError when rows are refused and it was not said to leave them out, or
    when two things would have the same of what only one may have.
    """
    try:
        with transaction.atomic():
            held = type(upload)._default_manager.select_for_update().get(pk=upload.pk, by=by)
            if held.done_at is None:
                _write(held, plan(Sheet.from_json(held.sheet)), seen=seen, leave_out=leave_out, write=write)
            return held
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        with transaction.atomic():
            still = plan(Sheet.from_json(upload.sheet)).digest == seen
        if not still:
            # Somebody took a unique value, such as an address, between the look and the writing.
            raise ChangedMeanwhileError from error
        said = _("Nothing was imported: two would have the same of what only one may have. The database says: %s")
        raise ValidationError(said % (error.__cause__.diag.message_detail or ""), code="twice") from error


def _write(
    held: Upload, planned: Plan, *, seen: str, leave_out: bool, write: Callable[[Upload, PlannedRow], None]
) -> None:
    if planned.digest != seen:
        raise ChangedMeanwhileError
    if planned.counts[REFUSED] and not leave_out:
        raise ValidationError(_("Some rows are refused. Correct them in the file, or choose to leave them out."))
    for row in [*planned.of(NEW), *planned.of(CHANGED)]:
        write(held, row)
    held.added, held.changed = planned.counts[NEW], planned.counts[CHANGED]
    held.unchanged, held.refused = planned.counts[UNCHANGED], planned.counts[REFUSED]
    held.made = {state: [row.thing.pk for row in planned.of(state)] for state in (NEW, CHANGED)}
    held.done_at = timezone.now()
    held.save()
