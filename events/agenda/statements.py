"""Querysets that are put together once: everybody in a rush waits for whoever holds the event's row.

Django builds and writes a queryset anew each time, which takes longer than the database takes to answer.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models import Value

Row = TypeVar("Row", bound=models.Model)


class Given(Value):
    """Stands in a queryset for a value that comes with each use, by its name."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


class Statement(Generic[Row]):
    """What a queryset asks. It is built at the first use, and must depend on nothing but what is `Given`."""

    def __init__(self, build: Callable[[], models.QuerySet[Row, Any]]) -> None:
        self._build = build

    def rows(self, **given: Any) -> list[Row]:
        """What it finds, with its annotations."""
        found = []
        for values in _answer(*self._written, given):
            facts = list(values[: len(self._fields)])
            for place, field in self._converted:
                facts[place] = field.from_db_value(facts[place], field.cached_col, connection)
            row = self._queryset.model.from_db(connection.alias, self._names, facts)
            for name, value in zip(self._annotations, values[len(facts) :], strict=True):
                setattr(row, name, value)
            found.append(row)
        return found

    def count(self, **given: Any) -> int:
        """How many it finds."""
        sql, values = self._counted
        ((number,),) = _answer(sql, values, given)
        return int(number)

    @cached_property
    def _queryset(self) -> models.QuerySet[Row, Any]:
        return self._build()

    @cached_property
    def _fields(self) -> list[Any]:
        return list(self._queryset.model._meta.concrete_fields)

    @cached_property
    def _names(self) -> list[str]:
        return [field.attname for field in self._fields]

    @cached_property
    def _converted(self) -> list[tuple[int, Any]]:
        return [(place, field) for place, field in enumerate(self._fields) if hasattr(field, "from_db_value")]

    @cached_property
    def _annotations(self) -> list[str]:
        return list(self._queryset.query.annotation_select)

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        sql, values = self._queryset.values_list(*self._names, *self._annotations).query.sql_with_params()
        return sql, values

    @cached_property
    def _counted(self) -> tuple[str, tuple[Any, ...]]:
        sql, values = self._queryset.order_by().values_list("pk").query.sql_with_params()
        return f"SELECT count(*) FROM ({sql}) AS found", values  # noqa: S608  # written by Django


def _answer(sql: str, values: tuple[Any, ...], given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [given[each.value] if isinstance(each, Given) else each for each in values])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
