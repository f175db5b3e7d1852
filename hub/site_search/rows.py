"""What a source says of each thing that it finds: columns that mean the same everywhere, so that one list has all."""

from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    F,
    FloatField,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from hub.search.full_text import Plain

COLUMNS = ("kind", "key", "named", "matched", "fitting", "level", "moment")
# The order of all results: more of the words, the very title, more of the words in front, how far in front, the latest.
ORDER = "matched DESC, named DESC, fitting DESC, level DESC, moment DESC NULLS LAST, kind, key DESC"
# The title is what was typed; or it has that side by side.
THE_TITLE, IN_TITLE = 2, 1
_FIELDS = {
    "kind": CharField(),
    "key": BigIntegerField(),
    "named": IntegerField(),
    "matched": IntegerField(),
    "fitting": IntegerField(),
    "level": FloatField(),
    "moment": DateTimeField(),
}


def row(found: QuerySet[Any], **columns: str | Combinable) -> QuerySet[Any, Any]:
    """What was found, with one expression (or the path of a field) for each column."""
    typed = {
        f"found_{name}": Cast(F(column) if isinstance(column, str) else column, _FIELDS[name])
        for name, column in columns.items()
    }
    return found.order_by().annotate(**typed).values_list(*(f"found_{name}" for name in COLUMNS))


def is_title(field: str, title: str) -> Q:
    """Whether a column of plain words is what was typed and nothing else."""
    return Q(**{field: Plain(Value(title))})


class SideBySide(Func):
    """Whether plain words have others side by side; the last of them may go on."""

    function = "hub_side_by_side"
    output_field = BooleanField()


def is_in_title(field: str, title: str) -> Q:
    """Whether a column of plain words has what was typed, side by side, or a word that begins so."""
    return Q(SideBySide(F(field), Plain(Value(title))))


def named(the_title: Q, in_title: Q) -> Case:
    """What the column `named` says."""
    levels = (When(the_title, then=THE_TITLE), When(in_title, then=IN_TITLE))
    return Case(*levels, default=0, output_field=IntegerField())
