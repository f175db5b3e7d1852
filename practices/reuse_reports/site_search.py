"""What the site's search finds among reports of reuse: by who took a practice up and where, and by what they tell."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet, Value

from hub.query_parsing.lexicon import Lexicon
from hub.query_parsing.relevance import (
    BODY,
    FOREIGN,
    NEVER,
    NOTHING,
    SUMMARY,
    TITLE,
    Sql,
    any_of,
    condition,
    count,
    first_of,
    how_many,
    number,
    times,
    total,
)
from hub.query_parsing.text_queries import LANGUAGES, TextQueries, weighing
from hub.query_parsing.words import Word
from hub.search import full_text
from hub.site_search.registry import Asked, Hit
from hub.site_search.rows import row
from practices.practice.models.practice import Practice
from practices.practice.presentation import IN_ROWS, summaries
from practices.practice.terms import Terms
from practices.reuse.models.reuses import Reuse
from practices.reuse_reports.presentation import card

_COLUMNS = {"key": "pk", "shown": "shown_id"}
# As the indexes have it: the words of a version, and who took it up where.
_TOLD = "hub_vector(language, '', came_of_it, why_stopped, what_changed)"
_NAMED = "hub_vector('', adopter, place)"
_STANDS = " OR ".join(
    f"language = '{code}' AND {_TOLD} @@ hub_query('{code}', typed)" for code in full_text.CONFIGURATIONS
)
_SHOWN = (
    "SELECT shown_id FROM practices_reuse WHERE shown_id IS NOT NULL AND state IN ('waiting', 'accepted', 'returned')"
)
_READABLE = "{shown} IN (SELECT id FROM practices_reuseversion WHERE language = %s)"


class Reports:
    """What became of practices elsewhere."""

    lexicon = Lexicon(
        stands=(f"EXISTS (SELECT FROM practices_reuseversion WHERE ({_STANDS}) AND id IN ({_SHOWN}))",)  # constants
    )

    def found(self, asked: Asked) -> QuerySet[Any, Any]:
        """What has each of the words, wherever in it."""
        queries = asked.queries
        told = how_many(_has(queries, word) for word in queries.significant)
        enough = Sql(f"({told.text}) >= %s", (*told.values, queries.words.least or len(queries.significant)))
        return row(
            Reuse.objects.public().filter(condition(enough if queries.significant else NEVER, **_COLUMNS)),
            kind=Value("reuse"),
            key="pk",
            named=Value(0),
            matched=count(told if queries.words.least else NOTHING, **_COLUMNS),
            fitting=count(told if len(queries.significant) > 1 else NOTHING, **_COLUMNS),
            level=number(total(_level(queries, word, asked.language) for word in queries.significant), **_COLUMNS),
            moment="shown__at",
        )

    def hits(self, keys: Iterable[int], language: str) -> Mapping[int, Hit]:
        """Who and where, what came of it, and of which practice."""
        found = list(Reuse.objects.public().with_facts().filter(pk__in=list(keys)))
        known = Practice.objects.public().only(*IN_ROWS).in_bulk({reuse.practice_id for reuse in found})
        titles = {key: row["title"] for key, row in zip(known, summaries([*known.values()], Terms.load()), strict=True)}
        return {
            reuse.pk: _hit(reuse, known[reuse.practice_id], titles[reuse.practice_id])
            for reuse in found
            if reuse.practice_id in known
        }


def _has(queries: TextQueries, word: Word) -> Sql:
    return any_of([_told({code: queries.loosely(word, code) for code in LANGUAGES}), _named(queries, word)])


def _level(queries: TextQueries, word: Word, language: str) -> Sql:
    asked = {code: queries.loosely(word, code) for code in LANGUAGES}
    came_of_it = _told({code: weighing(query, "B") for code, query in asked.items() if query})
    own = first_of((Sql(_READABLE, (language,)), 1.0), otherwise=FOREIGN)
    deep = times(first_of((came_of_it, SUMMARY), (_told(asked), BODY)), own)
    return first_of((_named(queries, word), TITLE), otherwise=deep)


def _told(queries: Mapping[str, str]) -> Sql:
    """Whether the version that is shown has what its language is asked for."""
    others = f"language NOT IN ({', '.join(repr(code) for code in full_text.CONFIGURATIONS)})"
    asked = [(f"language = '{code}'" if code else others, query) for code, query in queries.items() if query]
    if not asked:
        return NEVER
    fits = " OR ".join(f"{language} AND {_TOLD} @@ %s::tsquery" for language, _query in asked)
    text = f"{{shown}} IN (SELECT id FROM practices_reuseversion WHERE {fits})"  # noqa: S608  # constants
    return Sql(text, tuple(query for _language, query in asked))


def _named(queries: TextQueries, word: Word) -> Sql:
    """Whether it is called so; names and places know no language."""
    query = queries.loosely(word, "")
    text = f"{{key}} IN (SELECT id FROM practices_reuse WHERE {_NAMED} @@ %s::tsquery)"  # noqa: S608  # constants
    return Sql(text, (query,)) if query else NEVER


def _hit(reuse: Reuse, practice: Practice, title: str) -> Hit:
    shown = card(reuse, practice)
    return Hit(
        title=", ".join(filter(None, (shown.name, shown.where))),
        url=shown.url,
        text=shown.words,
        details=(shown.outcome_label, title),
        text_language=shown.language,
    )
