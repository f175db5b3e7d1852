"""What a form of the admin shows of a fact, as plain values; what differs between two such states."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from i18nfield.strings import LazyI18nString
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.contrib.settings.views import get_setting_edit_handler

Values: TypeAlias = dict[str, Any]
FormClass: TypeAlias = Any  # Wagtail's forms carry no types
ModelField: TypeAlias = Any  # a field of any kind

# Stands for the row itself among the names of its fields.
ROW = ""


@dataclass
class State:
    """The values of a fact's own fields, and those of its rows by relation and key."""

    fields: Values
    rows: dict[str, dict[str, Values]]


@dataclass(frozen=True)
class Change:
    """One value that differs. A row that came or went has the name `ROW`, and all its values on one side.

    `of` is what people know a row by: its words, else its first text.
    """

    name: str
    before: Any
    after: Any
    relation: str = ""
    key: str = ""
    of: Any = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """Where it is, whatever its values."""
        return self.relation, self.key, self.name


def form_class_of(model: type[Model]) -> FormClass:
    """The form in which staff edit this model."""
    if model in settings_registry:
        return get_setting_edit_handler(model).get_form_class()
    viewset: Any = model.snippet_viewset  # type: ignore[attr-defined]  # Wagtail puts it there
    return viewset.get_form_class(for_update=True)


def fields_of(form_class: FormClass, model: type[Model]) -> dict[str, ModelField]:
    """The model's fields among those of a form, in the order of the form."""
    known = {field.name: field for field in [*model._meta.fields, *model._meta.many_to_many]}
    return {name: known[name] for name in form_class.base_fields if name in known and not known[name].primary_key}


def row_fields(formset_class: Any) -> dict[str, ModelField]:
    """The same for the rows of one relation; the place of a row in its order counts as a value."""
    model, order = formset_class.model, order_of(formset_class)
    found = fields_of(formset_class.form, model)
    return found | ({order: model._meta.get_field(order)} if order else {})


def order_of(formset_class: Any) -> str | None:
    """The field in which rows keep their order, where they have one."""
    return getattr(formset_class.model, "sort_order_field", None)


def read(fact: Model, form_class: FormClass) -> State:
    """The fact as it is in memory; rows that are not loaded yet are fetched, one query a relation."""
    fields = {name: _plain(field, fact) for name, field in fields_of(form_class, type(fact)).items()}
    rows = {}
    for relation, formset_class in getattr(form_class, "formsets", {}).items():
        own, order = row_fields(formset_class), order_of(formset_class)
        rows[relation] = {
            str(row.pk): {name: at if name == order else _plain(field, row) for name, field in own.items()}
            for at, row in enumerate(getattr(fact, relation).all())
        }
    return from_json(to_json(State(fields, rows)))


def stored(fact: Model, form_class: FormClass) -> State:
    """The fact as it is in the database now."""
    return read(type(fact)._base_manager.get(pk=fact.pk), form_class)


def to_json(state: State) -> str:
    return json.dumps([state.fields, state.rows], cls=DjangoJSONEncoder)


def from_json(text: str) -> State:
    return State(*json.loads(text))


def changes(before: State, after: State) -> Iterator[Change]:
    """What differs, the fact's own fields first."""
    yield from _values(before.fields, after.fields)
    for relation in after.rows:
        old, new = before.rows.get(relation, {}), after.rows[relation]
        for key in [*old, *(key for key in new if key not in old)]:
            of = _known_by(new.get(key) or old[key])
            if key in old and key in new:
                yield from _values(old[key], new[key], relation=relation, key=key, of=of)
            else:
                yield Change(ROW, old.get(key), new.get(key), relation=relation, key=key, of=of)


def _known_by(row: Values) -> Any:
    words: list[Any] = [value for value in row.values() if isinstance(value, dict) and value]
    return next(iter(words or [value for value in row.values() if isinstance(value, str) and value]), "")


def _values(before: Values, after: Values, **place: Any) -> Iterator[Change]:
    for name in [*after, *(name for name in before if name not in after)]:
        if before.get(name) != after.get(name):
            yield Change(name, before.get(name), after.get(name), **place)


def _plain(field: ModelField, instance: Model) -> Any:
    value = field.value_from_object(instance)
    if field.many_to_many:
        return sorted(getattr(each, "pk", each) for each in value)
    if isinstance(value, LazyI18nString):
        words = value.data
        return {code: text for code, text in words.items() if text} if isinstance(words, dict) else words or {}
    return value
