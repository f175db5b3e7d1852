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

    def as_sql(self, *_compiler_and_connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class Statement(Generic[Row]):
    """What a queryset asks. It is built at the first use, and must depend on nothing but what is `Given`."""

    def __init__(self, build: Callable[[], models.QuerySet[Row, Any]]) -> None:
        self._build = build

    @cached_property
    def _written(self) -> tuple[type[Row], str, tuple[Any, ...]]:
        queryset = self._build()
        sql, values = queryset.query.sql_with_params()
        return queryset.model, sql, values

    def rows(self, **given: Any) -> list[Row]:
        """What it finds, with its annotations."""
        model, sql, values = self._written
        return list(model._default_manager.raw(sql, _filled(values, given)))

    def count(self, **given: Any) -> int:
        """How many it finds."""
        _model, sql, values = self._written
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({sql}) AS found", _filled(values, given))
            return int(cursor.fetchone()[0])


def _filled(values: tuple[Any, ...], given: dict[str, Any]) -> list[Any]:
    return [given[each.value] if isinstance(each, Given) else each for each in values]
