"""A form that was filled in while somebody else saved: whose words stand in it when it comes back."""

import re
from typing import Any, TypeAlias

from django.http import QueryDict

from hub.facts.form_data import Row, Sent, as_data, cells, form_of_row, numbered, row_cells
from hub.facts.state import ROW, FormClass, State, Values, fields_of, row_fields

Place: TypeAlias = tuple[str, str, str]


def merged(form: FormClass, loaded: State, present: State) -> tuple[QueryDict, set[Place]]:
    """What was sent, with the other's value wherever the sender had not touched the field; and where that is so.

    A row that the other removed stays if the sender wrote in it, as a new one; a row that the other added is there.
    """
    sent = {name: form.data.getlist(name) for name in form.data}
    own = fields_of(type(form), type(form.instance))
    theirs = _theirs(sent, form.fields, own, loaded.fields, present.fields)
    taken: set[Place] = {("", "", name) for name in theirs}
    sent |= _joined(theirs)
    for relation, formset in form.formsets.items():
        before, now = loaded.rows.get(relation, {}), present.rows.get(relation, {})
        rows, places = _merged_rows(formset, _rows(sent, formset.prefix), before, now)
        taken |= {(relation, *place) for place in places}
        sent = {name: values for name, values in sent.items() if not name.startswith(f"{formset.prefix}-")}
        sent |= numbered(formset, rows)
    return as_data(sent), taken


def _merged_rows(
    formset: Any, rows: list[Row], before: dict[str, Values], now: dict[str, Values]
) -> tuple[list[Row], set[tuple[str, str]]]:
    own = row_fields(type(formset))
    kept: list[Row] = []
    taken: set[tuple[str, str]] = set()
    for row in rows:
        if row.key not in before:
            kept.append(row)
            continue
        fields = form_of_row(formset, row.key).fields
        if row.key in now:
            theirs = _theirs(row.sent, fields, own, before[row.key], now[row.key])
            taken |= {(row.key, name) for name in theirs}
            kept.append(Row(row.key, row.sent | _joined(theirs)))
        elif _is_touched(row, fields, own, before[row.key]):
            kept.append(Row("", row.sent))
        else:
            taken.add((row.key, ROW))
    added = [key for key in now if key not in before and key not in {row.key for row in kept}]
    kept += [Row(key, row_cells(formset, now[key], key)) for key in added]
    return kept, taken | {(key, ROW) for key in added}


def _is_touched(row: Row, form_fields: Any, own: Any, loaded: Values) -> bool:
    """Whether the sender wrote in a row and did not remove it."""
    if any(row.sent.get("DELETE", [])):
        return False
    written = [cells(form_fields[name], own[name], name, loaded.get(name)) for name in own if name in form_fields]
    return not all(_same(row.sent, each) for each in written)


def _theirs(sent: Sent, form_fields: Any, own: Any, loaded: Values, present: Values) -> dict[str, Sent]:
    """The other's values, by field, of fields that were sent as they had been loaded."""
    return {
        name: cells(form_fields[name], field, name, present.get(name))
        for name, field in own.items()
        if name in form_fields
        and loaded.get(name) != present.get(name)
        and (form_fields[name].disabled or _same(sent, cells(form_fields[name], field, name, loaded.get(name))))
    }


def _joined(sent: dict[str, Sent]) -> Sent:
    return {name: values for each in sent.values() for name, values in each.items()}


def _same(sent: Sent, written: Sent) -> bool:
    """Whether this is what the form held when it was loaded; browsers send their own line ends."""
    return all(_told(sent.get(name, [])) == _told(values) for name, values in written.items())


def _told(values: list[str]) -> list[str]:
    return sorted("\n".join(value.splitlines()).strip() for value in values if value.strip())


def _rows(sent: Sent, prefix: str) -> list[Row]:
    """The rows of a formset as they were sent."""
    pattern = re.compile(rf"{re.escape(prefix)}-(\d+)-(.+)")
    found: dict[int, Sent] = {}
    for name, values in sent.items():
        if match := pattern.fullmatch(name):
            found.setdefault(int(match[1]), {})[match[2]] = values
    return [Row(next(iter(found[number].pop("id", [])), ""), found[number]) for number in sorted(found)]
