"""What is kept about a person, counted and read out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import CharField, Count, JSONField, Model, Value
from django.db.models.fields.files import FieldFile
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.personal_data import declarations
from accounts.personal_data.declarations import PersonalData
from accounts.personal_data.subjects import Subject


def counts(subject: Subject) -> dict[str, int]:
    """How many records of each kind there are, by the kind's key, where there are any; one query."""
    each = [_count(kind, subject) for kind in declarations.all_kinds()]
    found = each[0].union(*each[1:], all=True) if each else []
    return {key: number for key, number in found if number}


def _count(kind: PersonalData, subject: Subject) -> Any:
    rows = kind.rows(subject).order_by()
    key = Value(kind.key, output_field=CharField())
    return rows.annotate(kind_key=key).values("kind_key").annotate(number=Count("pk")).values_list("kind_key", "number")


@dataclass(frozen=True)
class Part:
    """Records of one kind, as people read of them before and after."""

    kind: PersonalData
    number: int

    @property
    def stays(self) -> str:
        """Why it stays without the person; empty for what goes."""
        return str(self.kind.stays.why) if self.kind.stays else ""


def parts(numbers: dict[str, int]) -> list[Part]:
    """These counts with their kinds; what several kinds call the same is told one by one, since reasons differ."""
    return [Part(kind, numbers[kind.key]) for kind in declarations.all_kinds() if numbers.get(kind.key)]


def rows(kind: PersonalData, subject: Subject) -> Any:
    """The records of one kind, with what their values name read along."""
    fields = [kind.model._meta.get_field(name) for name in kind.fields]
    related = [*(each.name for each in fields if each.many_to_one or each.one_to_one), *kind.reads]
    found = kind.rows(subject)
    return found.select_related(*related) if related else found  # without a name it would follow every key


def labels(kind: PersonalData) -> dict[str, str]:
    """What people call each field, in the order of the declaration."""
    named = {name: getattr(kind.model._meta.get_field(name), "verbose_name", name) for name in kind.fields}
    return {name: capfirst(str(label)) for name, label in named.items()}


def plain(kind: PersonalData, row: Model) -> dict[str, Any]:
    """One record for programs: text, numbers, lists, moments in UTC as ISO 8601 says."""
    return {name: _plain(getattr(row, name)) for name in kind.fields}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | dict | list):
        return value
    return str(value)


def told(kind: PersonalData, row: Model) -> Iterator[tuple[str, str]]:
    """One record for people, in the language at hand: label and value; what says nothing is left out."""
    for name, label in labels(kind).items():
        if text := _told(kind, row, name):
            yield label, text


def _told(kind: PersonalData, row: Model, name: str) -> str:
    value = getattr(row, name)
    if hasattr(row, f"get_{name}_display"):
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value)
    if isinstance(kind.model._meta.get_field(name), JSONField):
        return json.dumps(value, ensure_ascii=False, indent=2) if value not in ({}, [], "", None) else ""
    if isinstance(value, FieldFile):
        return str(value.name).rpartition("/")[2] if value else ""
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)
