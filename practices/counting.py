"""How many practices each option of each facet would show, in one pass over the entries of the library.

A facet's own choice does not narrow its own counts, so that a second choice within it can be judged. So an entry counts
for all facets when it fits every choice, and for one facet alone when that facet's choice is the only one it misses.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from hub.content_version import remembered
from practices.facets import FACETS, Chosen, Facet, chosen_keys
from practices.models import LibraryEntry
from practices.terms import Terms

Entries = QuerySet[LibraryEntry]

# No choice is missed. Zero is no key: it stands for the entry itself, so its count is that of all of them.
_FITS = -1
_ALL = 0


@dataclass(frozen=True)
class Counted:
    """How many practices fit, and per facet how many each option has."""

    total: int = 0
    options: Mapping[str, dict[str, int]] = field(default_factory=dict)


def count(found: Entries, chosen: Chosen, terms: Terms, *, searched: bool) -> Counted:
    """Counts the options beside what is chosen; what needs no counting comes from the whole library's counts."""
    if searched:
        return count_options(found, chosen, terms)
    if not chosen:
        return _count_all(terms)
    if len(chosen) > 1:
        return count_options(found, chosen, terms)
    # Beside its own choice nothing narrows this facet.
    [(name, keys)] = chosen_keys(chosen, terms).items()
    fitting = count_options(found.filter(keys__overlap=keys), {}, terms)
    return Counted(fitting.total, {**fitting.options, name: _count_all(terms).options[name]})


def count_options(found: Entries, chosen: Chosen, terms: Terms) -> Counted:
    """The same, all of it counted now among these entries."""
    asked = chosen_keys(chosen, terms)
    counts: dict[int, dict[int, int]] = {_FITS: {}}
    for missed, key, number in _read(*_statement(found, list(asked.values()))):
        counts.setdefault(missed, {})[key] = number
    fitting = counts[_FITS]
    beside = {name: counts.get(place, {}) for place, name in enumerate(asked)}
    return Counted(
        fitting.get(_ALL, 0),
        {facet.name: _of(facet, Counter(fitting) + Counter(beside.get(facet.name, {})), terms) for facet in FACETS},
    )


def _of(facet: Facet, numbers: Mapping[int, int], terms: Terms) -> dict[str, int]:
    return {code: numbers[key] for key, code in facet.named(numbers, terms).items()}


def _count_all(terms: Terms) -> Counted:
    """As the library opens; remembered until its content changes."""
    return remembered("library counts", lambda: count_options(LibraryEntry.objects.all(), {}, terms))


def _statement(found: Entries, asked: list[list[int]]) -> tuple[str, list[Any]]:
    inner, values = _nearly(found, asked).order_by().values("keys").query.sql_with_params()
    fits = ", ".join("keys && %s::int[]" for _keys in asked)
    return (
        f"""
        SELECT missed, key, count(*)
        FROM (
            SELECT keys, coalesce(array_position(fits, false), 0) - 1 AS missed
            FROM (SELECT keys, ARRAY[{fits}]::bool[] AS fits FROM ({inner}) AS entry OFFSET 0) AS judged
            WHERE cardinality(array_positions(fits, false)) <= 1
        ) AS judged, unnest(array_append(keys, {_ALL})) AS key
        GROUP BY missed, key
        """,  # noqa: S608  # what is put in are numbers and Django's own SQL
        [*asked, *values],
    )


def _nearly(found: Entries, asked: list[list[int]]) -> Entries:
    """Those that miss at most one choice, where an index can tell."""
    if len(asked) < 2:
        return found
    all_but_one = [
        reduce(and_, [Q(keys__overlap=keys) for place, keys in enumerate(asked) if place != missed])
        for missed in range(len(asked))
    ]
    return found.filter(reduce(or_, all_but_one))


def _read(statement: str, values: list[Any]) -> list[tuple[int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
