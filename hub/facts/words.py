"""Changes as people read them: which field, what stood there, what stands there now."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from i18nfield.strings import LazyI18nString

from hub.dates import brussels
from hub.facts.readonly_admin import DAY, MOMENT
from hub.facts.state import ROW, Change, FormClass, fields_of, row_fields
from hub.languages.names import language_name

_LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class Told:
    """One change in words; for words per language, one for each language that changed."""

    label: str
    before: str
    after: str
    change: Change


class Teller:
    """Puts changes of one kind of fact into words; what they refer to is fetched with one query a model."""

    def __init__(self, model: type[models.Model], form_class: FormClass, changes: Iterable[Change]) -> None:
        self.fields: dict[str, dict[str, Any]] = {"": fields_of(form_class, model)}
        self.models: dict[str, type[models.Model]] = {}
        for relation, formset_class in getattr(form_class, "formsets", {}).items():
            self.fields[relation] = row_fields(formset_class)
            self.models[relation] = formset_class.model
        changes = list(changes)
        self.names = self._names(changes)
        self.words = self._own_words(form_class, changes)

    def tell(self, change: Change) -> list[Told]:
        """One change in words."""
        if change.name == ROW:
            return [
                Told(self._row(change), self._whole(change.before, change), self._whole(change.after, change), change)
            ]
        field = self.fields.get(change.relation, {}).get(change.name)
        label = capfirst(str(field.verbose_name)) if field else change.name
        if change.relation:
            label = f"{self._row(change)}: {label}"
        if isinstance(change.before, dict) or isinstance(change.after, dict):
            return self._languages(change, label)
        return [Told(label, self._value(field, change.before), self._value(field, change.after), change)]

    def _languages(self, change: Change, label: str) -> list[Told]:
        before, after = _by_language(change.before), _by_language(change.after)
        return [
            Told(f"{label} ({_language(code)})", before.get(code, ""), after.get(code, ""), change)
            for code in sorted(before.keys() | after.keys())
            if before.get(code) != after.get(code)
        ]

    def _row(self, change: Change) -> str:
        kind = self.models[change.relation]._meta.verbose_name if change.relation in self.models else change.relation
        name = _localised(change.of) if isinstance(change.of, dict) else str(change.of)
        name = self.words.get(name) or _language(name)
        return f"{capfirst(str(kind))} “{name}”" if name else capfirst(str(kind))

    def _whole(self, values: Any, change: Change) -> str:
        """A row that came or went, a line for each value."""
        own = self.fields.get(change.relation, {})
        order = getattr(self.models.get(change.relation), "sort_order_field", None)
        said = ((own.get(name), name, value) for name, value in (values or {}).items() if name != order)
        lines = [(str(field.verbose_name) if field else name, self._value(field, value)) for field, name, value in said]
        return "\n".join(f"{capfirst(label)}: {words}" for label, words in lines if words)

    def _value(self, field: Any, value: Any) -> str:
        if value in (None, "", [], {}):
            return ""
        if field is None:
            return str(value)
        if field.is_relation:
            keys = value if isinstance(value, list) else [value]
            return ", ".join(self.names.get((field.related_model, key)) or gettext("no longer there") for key in keys)
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if isinstance(value, dict):
            return " · ".join(f"{_language(code)}: {text}" for code, text in value.items())
        if isinstance(field, models.DateTimeField) and (moment := parse_datetime(str(value))):
            return date_format(brussels.local(moment), MOMENT)
        if isinstance(field, models.DateField) and (day := parse_date(str(value))):
            return date_format(day, DAY)
        if isinstance(value, list):
            return json.dumps(value)
        return str(dict(field.flatchoices).get(value) or self.words.get(str(value)) or _language(str(value)))

    def _own_words(self, form_class: FormClass, changes: Iterable[Change]) -> dict[str, str]:
        """Words for stored names that say nothing to people, by the form's own `words_for`."""
        if not hasattr(form_class, "words_for"):
            return {}
        sides = [side for change in changes for side in (change.before, change.after, change.of)]
        values = [value for side in sides for value in (side.values() if isinstance(side, dict) else [side])]
        return dict(form_class.words_for([value for value in values if isinstance(value, str)]))

    def _names(self, changes: Iterable[Change]) -> dict[tuple[Any, Any], str]:
        wanted: dict[Any, set[Any]] = {}
        for change in changes:
            own = self.fields.get(change.relation, {})
            for side in (change.before, change.after):
                for name, value in (side or {}).items() if change.name == ROW else [(change.name, side)]:
                    if (field := own.get(name)) is not None and field.is_relation and value is not None:
                        wanted.setdefault(field.related_model, set()).update(
                            value if isinstance(value, list) else [value]
                        )
        return {
            (model, key): str(each)
            for model, keys in wanted.items()
            for key, each in model._base_manager.in_bulk(keys).items()
        }


def tell(model: type[models.Model], form_class: FormClass, changes: Iterable[Change]) -> list[Told]:
    """All of them in words."""
    changes = list(changes)
    teller = Teller(model, form_class, changes)
    return [told for change in changes for told in teller.tell(change)]


def _by_language(value: Any) -> dict[str, str]:
    return value if isinstance(value, dict) else {settings.LANGUAGE_CODE: value} if value else {}


def _language(code: str) -> str:
    return language_name(code) if code in _LANGUAGES else code


def _localised(words: dict[str, str]) -> str:
    return str(LazyI18nString(words).localize(get_language() or settings.LANGUAGE_CODE))
