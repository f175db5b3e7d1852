"""What a draft of a practice changes, field by field, found by Wagtail's comparisons of its editor's fields."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from wagtail.admin.compare import ChildRelationComparison, FieldComparison

from hub.languages.names import language_name
from practices.editing.admin import editor
from practices.practice.models.practice import Practice
from practices.practice.models.texts import PracticeText

Comparator = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Change:
    """One field that becomes another: where it stands, its name, and its words before and after."""

    part: str
    name: str
    before: SafeString
    after: SafeString


def changes(before: Practice, after: Practice, *, request: HttpRequest) -> list[Change]:
    """The fields that differ, in the editor's order."""
    panel = editor().bind_to_model(Practice).get_bound_panel(instance=after, request=request, form=None)
    found: list[Change] = []
    for comparator in panel.get_comparison():
        comparison = comparator(before, after)
        found += _rows(comparison) if comparison.is_child_relation else _field("", comparator, before, after)
    return found


def _field(part: str, comparator: Comparator, before: Any, after: Any) -> Iterator[Change]:
    words = [_words(comparator(each, each)) if each else SafeString() for each in (before, after)]
    if words[0] != words[1]:
        some = before or after
        yield Change(part, str(comparator(some, some).field_label()), *words)


def _words(same: FieldComparison) -> SafeString:
    """A field as Wagtail shows it where nothing changed; line ends do not count, browsers have their own."""
    if same.val_a in (None, "", []):
        return SafeString()
    shown = localize(same.val_a) if type(same) is FieldComparison else same.htmldiff()
    return mark_safe(conditional_escape(shown).replace("\r\n", "\n").strip())  # noqa: S308  # just escaped


def _rows(relation: ChildRelationComparison) -> Iterator[Change]:
    """What changes in rows such as texts and sources, also that one comes or goes."""
    for row in relation.get_child_comparisons():
        which = row.obj_b or row.obj_a
        name = language_name(which.language) if isinstance(which, PracticeText) else str(which)
        for comparator in relation.field_comparisons:
            yield from _field(f"{relation.field_label()}: {name}", comparator, row.obj_a, row.obj_b)
    yield from _order(relation)


def _order(relation: ChildRelationComparison) -> Iterator[Change]:
    """That rows which stay stand in another order; texts have none."""
    if not hasattr(relation.field.related_model, "sort_order"):
        return
    rows = [sorted(each.all(), key=lambda row: row.sort_order or 0) for each in (relation.val_a, relation.val_b)]
    _forwards, backwards, _added, _deleted = relation.get_mapping(*rows)
    was = [backwards[place] for place in sorted(backwards)]
    if was != sorted(was):
        before, after = (format_html_join("\n", "{}", ((row,) for row in each)) for each in rows)
        yield Change(str(relation.field_label()), gettext("Order"), before, after)
