"""How many practices each option of each facet would show: one statement with one pass, whatever is asked for.

A facet's own choice does not narrow its own counts, so that a second choice within it can be judged. So the pass goes
over the entries that fit all choices but at most one: those that fit all count with all their keys, those that miss one
facet's choice with their keys of that facet alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from hub.content_memory.content_version import remembered
from practices.library.facets import FACETS, Chosen, chosen_keys
from practices.practice.terms import Terms
from practices.search.keys import part
from practices.search.models import LibraryEntry
from practices.search.searching import Search

# Zero is no key: it stands for the entry itself, so its count is that of all of them.
_ALL = 0
# As many can be looked up by their keys in less time than it takes to look for them a second time.
FEW = 5_000


@dataclass(frozen=True)
class Counted:
    """How many practices fit, and per facet how many each option has.

    Of a search, `few` holds the keys of those that fit if there are no more than `FEW`.
    """

    total: int = 0
    options: Mapping[str, dict[str, int]] = field(default_factory=dict)
    few: Sequence[int] | None = None


def count(search: Search, chosen: Chosen, terms: Terms) -> Counted:
    """The same as `count_options`; what needs no counting comes from the whole library's counts."""
    if search.words or len(chosen) > 1:
        return count_options(search, chosen, terms)
    if not chosen:
        return count_all(terms)
    # Beside its own choice nothing narrows this facet.
    [(name, keys)] = chosen_keys(chosen, terms).items()
    narrowed = _count(search.entries([keys]), {}, terms)
    return replace(narrowed, options={**narrowed.options, name: count_all(terms).options[name]})


def count_options(search: Search, chosen: Chosen, terms: Terms) -> Counted:
    """Counts the options beside what is chosen, now, among the entries that the search finds."""
    asked = chosen_keys(chosen, terms)
    return _count(search.entries([*asked.values()], one_missing=True), asked, terms, name_few=bool(search.words))


def count_all(terms: Terms) -> Counted:
    """As the library opens; remembered until its content changes."""
    return remembered("library counts", lambda: _count(LibraryEntry.objects.all(), {}, terms))


def _count(
    near: QuerySet[LibraryEntry], asked: Mapping[str, list[int]], terms: Terms, *, name_few: bool = False
) -> Counted:
    """Counts all keys of what fits, and of what misses one choice the keys beside it."""
    with connection.cursor() as cursor:
        cursor.execute(*_statement(near, asked, name_few=name_few))
        rows = cursor.fetchall()
    numbers = {key: number for key, number, _fitting in rows}
    few: list[int] | None = next((fitting for key, _number, fitting in rows if key == _ALL), [])
    own = {facet.name: facet.named(numbers, terms).items() for facet in FACETS}
    options = {name: {code: numbers[key] for key, code in codes} for name, codes in own.items()}
    return Counted(numbers.get(_ALL, 0), options, few)


def _statement(
    near: QuerySet[LibraryEntry], asked: Mapping[str, list[int]], *, name_few: bool
) -> tuple[str, list[Any]]:
    found, values = near.order_by().values("practice_id", "keys", "starts").query.sql_with_params()
    missing = " ".join(f"WHEN NOT keys && %s::int[] THEN {part(facet)}" for facet in asked)
    keys = f"CASE {missing or 'WHEN false THEN NULL'} ELSE array_append(keys, {_ALL}) END"
    each = f"SELECT practice_id, unnest({keys}) AS key FROM ({found}) AS entry"  # noqa: S608  # ours, and what Django wrote
    fitting = f"array_agg(practice_id) FILTER (WHERE key = {_ALL})"
    few = f"CASE WHEN count(*) <= {FEW} THEN {fitting} END" if name_few else "NULL"
    statement = f"SELECT key, count(*), {few} FROM ({each}) AS each GROUP BY key"  # noqa: S608  # the same
    return statement, [*asked.values(), *values]
