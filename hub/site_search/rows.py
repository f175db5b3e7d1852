"""What a source says of each thing that it finds: columns that mean the same everywhere, so that one list has all."""

from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    F,
    FloatField,
    IntegerField,
    QuerySet,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from hub.query_parsing.relevance import Sql, first_of

COLUMNS = ("kind", "key", "named", "matched", "fitting", "level", "moment")
# The order of all results: more of the words, the very title, more of the words in front, how far in front, the latest.
ORDER = "matched DESC, named DESC, fitting DESC, level DESC, moment DESC NULLS LAST, kind, key DESC"
# The title is what was typed; or it has that side by side.
THE_TITLE, IN_TITLE = 2, 1
_FIELDS: dict[str, Any] = {
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


def is_title(column: str, title: str) -> Sql:
    """Whether a column of plain words is what was typed and nothing else."""
    return Sql(f"{{{column}}} = hub_plain(%s)", (title,))


def is_in_title(column: str, title: str) -> Sql:
    """Whether a column of plain words has what was typed side by side; the last of it may go on."""
    return Sql(f"hub_side_by_side({{{column}}}, hub_plain(%s))", (title,))


def named(the_title: Sql, in_title: Sql) -> Sql:
    """What the column `named` says."""
    return first_of((the_title, THE_TITLE), (in_title, IN_TITLE))
