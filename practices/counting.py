"""How many practices each option of each facet would show: one statement, whatever is asked for.

A facet's own choice does not narrow its own counts, so that a second choice within it can be judged. All facets without
a choice share one pass over the entries that fit; each facet with a choice has a pass beside the others' choices.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from hub.content_version import remembered
from practices.facets import FACETS, Chosen, chosen_keys
from practices.keys import part
from practices.models import LibraryEntry
from practices.terms import Terms

# The entries that have one of the keys of each of these groups, besides what else is asked for.
Fitting = Callable[[Sequence[Sequence[int]]], QuerySet[LibraryEntry]]

# Zero is no key: it stands for the entry itself, so its count is that of all of them.
_ALL = 0


@dataclass(frozen=True)
class Counted:
    """How many practices fit, and per facet how many each option has."""

    total: int = 0
    options: Mapping[str, dict[str, int]] = field(default_factory=dict)


def count(fitting: Fitting, chosen: Chosen, terms: Terms) -> Counted:
    """The same as `count_options` without a search; what needs no counting comes from the whole library's counts."""
    if not chosen:
        return _count_all(terms)
    if len(chosen) > 1:
        return count_options(fitting, chosen, terms)
    # Beside its own choice nothing narrows this facet.
    [(name, keys)] = chosen_keys(chosen, terms).items()
    narrowed = count_options(lambda others: fitting([keys, *others]), {}, terms)
    return Counted(narrowed.total, {**narrowed.options, name: _count_all(terms).options[name]})


def count_options(fitting: Fitting, chosen: Chosen, terms: Terms) -> Counted:
    """Counts the options beside what is chosen, now, among the entries that fit."""
    asked = chosen_keys(chosen, terms)
    counts: dict[str, dict[int, int]] = {"": {}}
    for beside, key, number in _read(*_statement(fitting, asked)):
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
    return remembered("library counts", lambda: count_options(lambda keys: LibraryEntry.objects.all(), {}, terms))


def _statement(fitting: Fitting, asked: Mapping[str, list[int]]) -> tuple[str, list[Any]]:
    """One branch counts all keys of the entries that fit; one per choice counts its own facet beside the others."""
    branches = [_branch("", fitting([*asked.values()]), f"array_append(keys, {_ALL})")]
    for facet in asked:
        others = [keys for name, keys in asked.items() if name != facet]
        branches.append(_branch(facet, fitting(others), part(facet)))
    return " UNION ALL ".join(text for text, _values in branches), [value for _text, own in branches for value in own]


def _branch(name: str, entries: QuerySet[LibraryEntry], keys: str) -> tuple[str, list[Any]]:
    found, values = entries.order_by().values("keys", "starts").query.sql_with_params()
    each = f"SELECT unnest({keys}) AS key FROM ({found}) AS entry"  # noqa: S608  # constants and what Django wrote
    return f"SELECT %s, key, count(*) FROM ({each}) AS each GROUP BY key", [name, *values]  # noqa: S608  # the same


def _read(statement: str, values: list[Any]) -> list[tuple[str, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
