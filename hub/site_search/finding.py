"""Finds what fits a search in all apps at once: one statement, whatever there is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection

from hub.query_parsing.parsing import parse_query
from hub.query_parsing.text_queries import TextQueries
from hub.query_parsing.words import Least
from hub.site_search import registry
from hub.site_search.registry import Asked, Hit
from hub.site_search.rows import COLUMNS, ORDER

PER_PAGE = 20
_LAST_PAGE = 100_000

# A page past the end is the last one: the number of all is known only here.
_STATEMENT = """
WITH found ({columns}) AS MATERIALIZED ({sources}),
counted AS (SELECT kind, count(*) AS number FROM found GROUP BY kind),
wanted AS (SELECT * FROM found WHERE %s OR kind = ANY(%s)),
shown AS (
    SELECT row_number() OVER (ORDER BY {order}) AS place, kind, key FROM wanted ORDER BY {order}
    LIMIT {per_page} OFFSET (SELECT greatest(least(%s, (count(*) - 1) / {per_page}), 0) * {per_page} FROM wanted)
)
SELECT 0, kind, number FROM counted UNION ALL SELECT place, kind, key FROM shown ORDER BY 1
"""


@dataclass(frozen=True)
class Found:
    """One page of what a search of the site found; `counts` by kind, whichever kinds were asked for."""

    hits: Sequence[Hit] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    page: Page[int] | None = None
    corrected: str = ""
    least: Least = Least.ALL

    @property
    def total(self) -> int:
        """How many of all kinds."""
        return sum(self.counts.values())


def find(typed: str, language: str, *, kinds: Collection[str] = (), page: int = 1) -> Found:
    """What fits the words, the best first; where nothing has all of several words, what has some of them."""
    names = registry.names()
    words = parse_query(typed, registry.lexicon(), names)
    if not words:
        return Found()
    all_words = TextQueries(words, names)
    for queries in _ever_fewer(all_words):
        counts, shown = _ask(Asked(queries, language), kinds, min(page, _LAST_PAGE))
        if counts:
            total = sum(number for kind, number in counts.items() if not kinds or kind in kinds)
            paginated = Paginator(range(total), PER_PAGE).get_page(page)
            return Found(_hits(shown, language), counts, paginated, words.corrected, queries.words.least)
    return Found()


def _ever_fewer(queries: TextQueries) -> Iterator[TextQueries]:
    """All words, then several of many, then one of several; of words that are too common anywhere, all or nothing."""
    yield queries
    says_something = any(not queries.is_common(word) for word in queries.all_words)
    if says_something and len(queries.significant) > 2:
        yield queries.content_with(Least.SEVERAL)
    if says_something and len(queries.all_words) > 1:
        yield queries.content_with(Least.ONE)


def _ask(asked: Asked, kinds: Collection[str], page: int) -> tuple[dict[str, int], list[tuple[str, int]]]:
    """How many there are of each kind, and kind and key of those on the page, in order."""
    sources: list[str] = []
    values: list[Any] = []
    for source in registry.sources():
        statement, own = source.found(asked).query.sql_with_params()
        sources.append(f"({statement})")
        values += own
    if not sources:
        return {}, []
    written = _STATEMENT.format(
        columns=", ".join(COLUMNS), sources=" UNION ALL ".join(sources), order=ORDER, per_page=PER_PAGE
    )
    with connection.cursor() as cursor:
        cursor.execute(written, [*values, not kinds, list(kinds), page - 1])
        rows = cursor.fetchall()
    counts = {kind: number for place, kind, number in rows if place == 0}
    return counts, [(kind, key) for place, kind, key in rows if place > 0]


def _hits(shown: Sequence[tuple[str, int]], language: str) -> list[Hit]:
    """What is shown of each, asked of each source once."""
    kinds = registry.kinds()
    by_source: dict[int, tuple[Any, list[int]]] = {}
    for kind, key in shown:
        source = registry.source_of(kind)
        by_source.setdefault(id(source), (source, []))[1].append(key)
    hits = {number: source.hits(keys, language) for number, (source, keys) in by_source.items()}
    found = ((kind, hits[id(registry.source_of(kind))].get(key)) for kind, key in shown)
    return [replace(hit, kind_label=str(kinds[kind].one)) for kind, hit in found if hit]
