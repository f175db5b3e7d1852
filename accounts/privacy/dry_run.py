"""What would be erased now, and what within the next weeks: counted by what the erasers read, and nothing goes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts.privacy import keeping, runs
from accounts.privacy.keeping import KeepingTime
from accounts.privacy.models import KeepingRun
from accounts.privacy.words import Subject

AHEAD = timedelta(days=30)
# One for each kind and moment.
_COUNT = "SELECT %s, %s, count(*) FROM ({rows}) AS due"


@dataclass(frozen=True)
class Line:
    """One kind of record: how many are due, how many will be in `AHEAD`, those included, and what came of the last run.

    None where nothing is counted: people delete it, or it lies in files and nobody asked to look at these.
    """

    time: KeepingTime
    due: int | None
    soon: int | None
    run: KeepingRun | None


def lines(*, files: bool = False) -> list[tuple[Subject, list[Line]]]:
    """All kinds under their headings, in two queries however many there are.

    `files` counts those, too: that lists folders and asks the database about each portion.
    """
    now = timezone.now()
    moments = {"due": now, "soon": now + AHEAD}
    numbers = _count(moments, files=files)
    known = runs.by_name()

    def line(time: KeepingTime) -> Line:
        due, soon = (numbers.get((time.name, which)) for which in moments)
        return Line(time, due, soon, known.get(time.name))

    return [(subject, [line(time) for time in times]) for subject, times in keeping.by_subject()]


def _count(moments: Mapping[str, datetime], *, files: bool) -> dict[tuple[str, str], int]:
    numbers: Counter[tuple[str, str]] = Counter()
    asked: list[str] = []
    values: list[Any] = []
    for time, due in keeping.all_due():
        for which, moment in moments.items():
            found = due(moment)
            if isinstance(found, QuerySet | Sequence):
                numbers[time.name, which] = 0
                for sql, params in _statements(found):
                    asked.append(_COUNT.format(rows=sql))
                    values += [time.name, which, *params]
            elif files:
                numbers[time.name, which] = len(list(found))
    for name, which, number in _answers(" UNION ALL ".join(asked), values):
        numbers[name, which] += number
    return dict(numbers)


def _statements(found: QuerySet[Any] | Sequence[QuerySet[Any]]) -> Iterator[tuple[str, Sequence[Any]]]:
    for each in [found] if isinstance(found, QuerySet) else found:
        with suppress(EmptyResultSet):  # the database need not be asked
            yield each.order_by().values("pk").query.sql_with_params()


def _answers(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
