"""How many practices each option of each facet would show: one statement, whatever is asked for.

A facet's own choice does not narrow its own counts, so that a second choice within it can be judged. All facets without
a choice share one pass over the entries that fit; each facet with a choice has a pass beside the others' choices.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from hub.content_version import remembered
from practices.facets import FACETS, Chosen, chosen_keys
from practices.models import LibraryEntry
from practices.terms import Terms

Entries = QuerySet[LibraryEntry]

# Zero is no key: it stands for the entry itself, so its count is that of all of them.
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
    counts: dict[str, dict[int, int]] = {"": {}}
    for beside, key, number in _read(*_statement(found, asked, terms)):
        counts.setdefault(beside, {})[key] = number
    own = {facet: counts.get(facet.name, {}) if facet.name in asked else counts[""] for facet in FACETS}
    return Counted(
        counts[""].get(_ALL, 0),
        {
            facet.name: {code: numbers[key] for key, code in facet.named(numbers, terms).items()}
            for facet, numbers in own.items()
        },
    )


def _count_all(terms: Terms) -> Counted:
    """As the library opens; remembered until its content changes."""
    return remembered("library counts", lambda: count_options(LibraryEntry.objects.all(), {}, terms))


def _statement(found: Entries, asked: Mapping[str, list[int]], terms: Terms) -> tuple[str, list[Any]]:
    """One branch counts all keys of the entries that fit; one per choice counts its own facet beside the others."""
    inner, values = found.order_by().values("keys").query.sql_with_params()
    branches = [_branch("", list(asked.values()), f"array_append(keys, {_ALL})", "true", [])]
    for facet in FACETS:
        if facet.name in asked:
            others = [keys for name, keys in asked.items() if name != facet.name]
            branches.append(_branch(facet.name, others, "keys", *facet.owns(terms)))
    statement = f"WITH entry AS NOT MATERIALIZED ({inner}) " + " UNION ALL ".join(text for text, _values in branches)
    return statement, [*values, *(value for _text, own in branches for value in own)]


def _branch(
    name: str, asked: list[list[int]], keys: str, owned: str, owned_values: Sequence[object]
) -> tuple[str, list[Any]]:
    fits = " AND ".join(["true", *("keys && %s::int[]" for _keys in asked)])
    return (
        f"SELECT %s, key, count(*) FROM entry, unnest({keys}) AS key WHERE {fits} AND {owned} GROUP BY key",  # noqa: S608  # constants
        [name, *asked, *owned_values],
    )


def _read(statement: str, values: list[Any]) -> list[tuple[str, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
