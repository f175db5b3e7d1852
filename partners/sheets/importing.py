"""Importing organisations: first a plan, which writes nothing; then all of what was shown, or nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from accounts.public_forms.names import validate_name
from accounts.users.models import User
from hub.facts.record import recorded
from hub.pages.slugs import slug_of
from hub.sheets import planning
from hub.sheets.cells import KEY, plain
from hub.sheets.fields import SheetField
from hub.sheets.planning import CHANGED, NEW, REFUSED, UNCHANGED, Change, Plan, PlannedRow
from hub.sheets.uploads import Sheet
from partners.organisations.models import Organisation, OrganisationText
from partners.sheets import columns
from partners.sheets.fields import fields
from partners.sheets.keeping_times import IMPORTS
from partners.sheets.matching import Matcher, shared
from partners.sheets.models import OrganisationImport

# What Wagtail's history calls it; registered in `partners.wagtail_hooks`.
LOG_ACTION = "partners.import"
# Looked up when the cells were read; asking for each again would cost a query a row.
_REFERENCES = {each.name for each in Organisation._meta.fields if each.remote_field}


def check_columns(sheet: Sheet) -> None:
    """Refuses a sheet whose columns cannot be read, before it is kept."""
    planning.check_columns(sheet, {*columns.names()})


def plan(sheet: Sheet, *, by: User, lock: bool = False) -> Plan:
    """What the sheet would do if this person imported it; nothing is written. A fixed number of queries."""
    rows = [(number, dict(zip(sheet.columns, cells, strict=True))) for number, cells in sheet.rows]
    matcher = Matcher([row for _number, row in rows], lock=lock)
    known = fields(columns.terms())
    read = [known[name] for name in sheet.columns if name in known and not known[name].readonly]
    found = [matcher.match(row) for _number, row in rows]
    times = Counter(each.thing.pk or each.slug for each in found)
    planned, notes = [], list(sheet.notes)
    for (number, row), match in zip(rows, found, strict=True):
        reasons = list(match.reasons)
        about = match.thing.pk or match.slug
        if about and times[about] > 1:
            reasons.append((KEY, _("Another row is about the same organisation.")))
        if not by.has_perm(f"partners.{'change' if match.thing.pk else 'add'}_organisation"):
            words = _("You may not change organisations.") if match.thing.pk else _("You may not add organisations.")
            reasons.append(("", words))
        if match.thing.pk and row[KEY] not in {"", match.slug}:
            said = _("Row %(row)d: “%(name)s” has the slug “%(slug)s”, which stays.")
            notes.append(said % {"row": number, "name": match.thing.name, "slug": match.slug})
        planned.append(_planned(number, row, match.thing, read, reasons, matcher))
    return Plan(_without_shared_numbers(planned), notes)


def _without_shared_numbers(planned: list[PlannedRow]) -> list[PlannedRow]:
    """Refuses rows that would give the same number to two: the database takes the first of them only."""
    twice = shared((row.number, row.thing) for row in planned if row.state != REFUSED)
    return [
        replace(row, state=REFUSED, changes=[], reasons=twice[row.number])
        if row.state != REFUSED and row.number in twice
        else row
        for row in planned
    ]


def _planned(
    number: int,
    row: dict[str, str],
    organisation: Organisation,
    read: list[SheetField],
    reasons: list[tuple[str, str]],
    matcher: Matcher,
) -> PlannedRow:
    before = _cells(organisation, read) if organisation.pk else {}
    version = [organisation.pk, organisation.updated_at.isoformat() if organisation.pk else ""]
    for field in read:
        try:
            field.save(organisation, row)
        except ValueError as error:
            reasons.append((field.column_name, str(error)))
    now = _cells(organisation, read)
    changes = [Change(name, before.get(name, ""), said) for name, said in now.items() if before.get(name, "") != said]
    if not reasons:
        _leave_out_empty_texts(organisation)
        reasons += _wrong(organisation, {change.column for change in changes})
        reasons += matcher.taken(organisation, {change.column for change in changes})
    state = REFUSED if reasons else CHANGED if organisation.pk and changes else UNCHANGED if organisation.pk else NEW
    return PlannedRow(number, state, organisation.slug, organisation, [] if reasons else changes, reasons, version)


def _cells(organisation: Organisation, read: Iterable[SheetField]) -> dict[str, str]:
    return {field.column_name: plain(str(field.export(organisation))) for field in read}


def _leave_out_empty_texts(organisation: Organisation) -> None:
    texts = list(organisation.texts.all())
    kept = [text for text in texts if any(getattr(text, part).strip() for part in columns.WORDS)]
    if len(kept) < len(texts):
        organisation.texts = kept


def _wrong(organisation: Organisation, touched: set[str]) -> list[tuple[str, str]]:
    """All that is wrong with a new one; else only where the row touches it."""
    found = _said_by(organisation, _REFERENCES)
    for name, written in (("name", [organisation.name]), ("networks", organisation.networks)):
        try:
            for each in written:
                validate_name(each)
        except ValidationError as error:
            found.setdefault(name, []).extend(error.messages)
    if not organisation.pk and not organisation.slug:
        message = _("The slug is missing: the end of the address, for example %s.")
        found[KEY] = [message % (slug_of(organisation.name) or "shared-homes")]
    for name in ("sector", "country"):
        if not getattr(organisation, f"{name}_id"):
            found[name] = [_("It is missing.")]
    texts = list(organisation.texts.all())
    for text in texts:
        found |= {f"{part}_{text.language}": words for part, words in _said_by(text, {"organisation"}).items()}
    if not texts:
        found[f"summary_{organisation.original_language}"] = [_("Say in one language at least what it is.")]
    everything = not organisation.pk or any(name.startswith(columns.WORDS) for name in touched)
    return [
        (name, sentence)
        for name, sentences in found.items()
        if not organisation.pk or name in touched or (everything and name.startswith(columns.WORDS))
        for sentence in sentences
    ]


def _said_by(record: Organisation | OrganisationText, exclude: set[str]) -> dict[str, list[str]]:
    try:
        record.clean_fields(exclude=exclude)
    except ValidationError as error:
        return error.message_dict
    return {}


def confirm(upload: OrganisationImport, *, by: User, seen: str, leave_out: bool) -> OrganisationImport:
    """Writes what was seen, as `hub.sheets.planning.confirm` tells; each organisation has it in its history."""

    def look(sheet: Sheet) -> Plan:
        return plan(sheet, by=by, lock=True)

    def write(held: OrganisationImport, row: PlannedRow) -> None:
        _save(row.thing, is_new=row.state == NEW, by=by, source=held)

    return planning.confirm(upload, by=by, seen=seen, leave_out=leave_out, plan=look, write=write)


def _save(organisation: Organisation, *, is_new: bool, by: User, source: OrganisationImport) -> None:
    if is_new:
        organisation.save()
    else:
        with recorded(organisation, by=by):
            organisation.save()
    log(organisation, LOG_ACTION, user=by, data={"file": source.name}, content_changed=True)


def due(at: Moment) -> QuerySet[OrganisationImport]:
    """What was uploaded more than a day before that moment, imported or not."""
    return OrganisationImport.objects.filter(created_at__lt=at - IMPORTS.span)


def forget() -> int:
    """Deletes it and says how many."""
    return erasing.delete(due(timezone.now()))
