"""How much it counts where a word stands: the same for practices, organisations and pages, so that one list orders all.

They go by the weights of a vector: A for titles and names, B for summaries and facts, what stands deeper is BODY.
PostgreSQL's own `ts_rank` is left aside: it divides by the number of forms of all words in all languages, and so made
less of a title than of a term.

Expressions are written as SQL over named columns, `{head} @@ %s::tsquery`, and become one node of Django's: of many
words in many languages it would make thousands, which takes longer than the database needs for the whole search.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, Field, FloatField, Func, IntegerField

TITLE, SUMMARY, BODY = 1.0, 0.6, 0.1
# What a term adds: more than a word deep in a text, less than one in a summary.
TERM = 0.3
# Who gets words in another language than their own is served half as well: by a title less than by an own summary.
FOREIGN = 0.5


@dataclass(frozen=True)
class Sql:
    """A piece of SQL with its values; columns stand in it by name, in braces."""

    text: str
    values: tuple[Any, ...] = ()


class _Written(Func):
    """A piece of SQL as an expression over the columns that it names."""

    def __init__(self, sql: Sql, columns: Mapping[str, str], output_field: "Field[Any, Any]") -> None:
        super().__init__(*map(F, columns.values()), output_field=output_field)
        self.sql = sql
        self.names = (*columns,)

    def as_sql(self, compiler: Any, connection: Any, *_args: Any, **_kwargs: Any) -> Any:
        columns = (compiler.compile(column)[0] for column in self.source_expressions)
        named = {name: column.replace("%", "%%") for name, column in zip(self.names, columns, strict=True)}
        # With its type: a bare number to order by would be the number of a column.
        written = f"({self.sql.text.format(**named)})::{self.output_field.db_type(connection)}"
        return written, [*self.sql.values]


def number(sql: Sql, **columns: str) -> Func:
    """The expression of a number; each column by its name in the SQL, with the path of its field."""
    return _Written(sql, columns, FloatField())


def count(sql: Sql, **columns: str) -> Func:
    """The expression of a whole number."""
    return _Written(sql, columns, IntegerField())


def condition(sql: Sql, **columns: str) -> Func:
    """The expression of a condition."""
    return _Written(sql, columns, BooleanField())


NEVER, ALWAYS = Sql("false"), Sql("true")
NOTHING = Sql("0")


def has(column: str, query: str) -> Sql:
    """Whether a vector has what a query asks for; an empty one asks for nothing that is there."""
    return Sql(f"{{{column}}} @@ %s::tsquery", (query,)) if query else NEVER


def array(numbers: Iterable[int]) -> str:
    """Numbers as one value, which PostgreSQL reads as an array of them."""
    return f"{{{','.join(map(str, numbers))}}}"


def any_of(conditions: Iterable[Sql]) -> Sql:
    """Whether one of these holds."""
    return _joined([each for each in conditions if each is not NEVER], " OR ", NEVER)


def all_of(conditions: Iterable[Sql]) -> Sql:
    """Whether all of these hold."""
    return _joined(conditions, " AND ", ALWAYS)


def first_of(*levels: tuple[Sql, float | Sql], otherwise: float | Sql = 0) -> Sql:
    """The number of the first condition that holds."""
    told = [(holds, _sql(level)) for holds, level in levels if holds is not NEVER]
    if not told:
        return _sql(otherwise)
    text = " ".join(f"WHEN {holds.text} THEN {level.text}" for holds, level in told)
    values = tuple(value for holds, level in told for value in (*holds.values, *level.values))
    rest = _sql(otherwise)
    return Sql(f"CASE {text} ELSE {rest.text} END", (*values, *rest.values))


def how_many(conditions: Iterable[Sql]) -> Sql:
    """How many of these hold."""
    return total(first_of((each, 1)) for each in conditions)


def total(numbers: Iterable[Sql]) -> Sql:
    """All of them together."""
    return _joined(numbers, " + ", NOTHING)


def times(one: Sql, other: Sql) -> Sql:
    """One by the other."""
    return _joined([one, other], " * ", NOTHING)


def _joined(pieces: Iterable[Sql], sign: str, otherwise: Sql) -> Sql:
    joined = [*pieces]
    if len(joined) < 2:
        return joined[0] if joined else otherwise
    return Sql(
        sign.join(f"({piece.text})" for piece in joined), tuple(value for piece in joined for value in piece.values)
    )


def _sql(level: float | Sql) -> Sql:
    return level if isinstance(level, Sql) else Sql(repr(level))
