"""States as what a browser would send: how a form is filled in by the portal instead of a person."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.forms import CheckboxInput, Field, MultiWidget, SelectMultiple
from django.http import QueryDict

from hub.facts.state import FormClass, State, Values, fields_of, order_of, row_fields

Sent: TypeAlias = dict[str, list[str]]


@dataclass
class Row:
    """One row of a formset: its key, empty for a new one, and what was sent under its prefix."""

    key: str
    sent: Sent = field(default_factory=dict)


def cells(form_field: Field, model_field: Any, name: str, value: Any) -> Sent:
    """What a browser sends for one field with this value, under each name that the field uses."""
    if not model_field.is_relation:
        value = model_field.to_python(value)
    return dict(_cells(form_field.widget, name, form_field.prepare_value(value)))


def _cells(widget: Any, name: str, value: Any) -> Iterator[tuple[str, list[str]]]:
    if isinstance(widget, MultiWidget):
        suffixes: list[str] = widget.widgets_names  # type: ignore[attr-defined]  # missing in the stubs
        for suffix, part, each in zip(suffixes, widget.widgets, widget.decompress(value) or [], strict=True):
            yield from _cells(part, name + suffix, each)
    elif isinstance(widget, CheckboxInput):
        yield name, ["on"] if value else []
    elif isinstance(widget, SelectMultiple) or getattr(widget, "allow_multiple_selected", False):
        yield name, [str(each) for each in value or []]
    else:
        written = widget.format_value(value)
        written = written[0] if isinstance(written, list) and written else written or ""
        yield name, [str(written)]


def filled(form: FormClass, state: State, *, known: State) -> QueryDict:
    """A form filled in with a whole state; rows of `known` that it lacks are marked as deleted."""
    model = type(form.instance)
    own = fields_of(type(form), model)
    sent = written(form.fields, own, state.fields, prefix=form.prefix)
    for relation, formset in form.formsets.items():
        there, wanted = known.rows.get(relation, {}), state.rows.get(relation, {})
        rows = [
            Row(key, row_cells(formset, wanted[key], key))
            if key in wanted
            else Row(key, _gone(formset, there[key], key))
            for key in there
        ]
        rows += [Row("", row_cells(formset, values, "")) for key, values in wanted.items() if key not in there]
        sent |= numbered(formset, rows)
    return as_data(sent)


def written(form_fields: Any, own: Any, values: Values, *, prefix: str | None) -> Sent:
    """What a browser sends for these values."""
    sent: Sent = {}
    for name, model_field in own.items():
        if name in form_fields:
            html_name = f"{prefix}-{name}" if prefix else name
            sent |= cells(form_fields[name], model_field, html_name, values.get(name))
    return sent


def row_cells(formset: Any, values: Values, key: str) -> Sent:
    """One row, under names without its number."""
    form = form_of_row(formset, key)
    sent = written(form.fields, row_fields(type(formset)), values, prefix=None)
    order = order_of(formset)
    return sent | ({"ORDER": [str(values[order] or 0)]} if order and order in values else {})


def form_of_row(formset: Any, key: str) -> Any:
    """The form of a row that is there, or an empty one."""
    return next((form for form in formset.initial_forms if str(form.instance.pk) == key), formset.empty_form)


def numbered(formset: Any, rows: list[Row]) -> Sent:
    """All rows of a formset, those that are in the database first, as its management form counts them."""
    rows = sorted(rows, key=lambda row: not row.key)
    counts = {"TOTAL": len(rows), "INITIAL": sum(bool(row.key) for row in rows), "MIN_NUM": 0, "MAX_NUM": 1000}
    sent = {f"{formset.prefix}-{name}_FORMS": [str(number)] for name, number in counts.items()}
    for number, row in enumerate(rows):
        sent |= {f"{formset.prefix}-{number}-{name}": values for name, values in row.sent.items()}
        sent[f"{formset.prefix}-{number}-id"] = [row.key]
    return sent


def as_data(sent: Sent) -> QueryDict:
    """For a form to read."""
    data = QueryDict(mutable=True)
    for name, values in sent.items():
        data.setlist(name, values)
    return data


def _gone(formset: Any, values: Values, key: str) -> Sent:
    return row_cells(formset, values, key) | {"DELETE": ["on"]}
