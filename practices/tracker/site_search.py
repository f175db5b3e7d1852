"""What the site's search finds among policy hooks: by their names, in whatever language, and by their places."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import DateTimeField, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from hub.query_parsing.lexicon import Lexicon
from hub.query_parsing.relevance import (
    NEVER,
    NOTHING,
    TERM,
    TITLE,
    Sql,
    any_of,
    array,
    condition,
    count,
    first_of,
    how_many,
    number,
    total,
)
from hub.query_parsing.text_queries import LANGUAGES, TextQueries
from hub.query_parsing.words import Word
from hub.search import full_text
from hub.site_search.registry import Asked, Hit
from hub.site_search.rows import IN_TITLE, row
from practices.mainstreaming.models import PolicyHook
from practices.mainstreaming.presentation import Hook, to_hooks

_COLUMNS = {"title": "title", "place": "place", "country": "country_id", "region": "region_id"}
# Staff enter them one by one, so that there are few: no index is needed.
_WORDS = "hub_vector('{code}', practices_titles({title}), {place})"
_STANDS = " OR ".join(
    f"{_WORDS.format(code=code, title='title', place='place')} @@ hub_query('{code}', typed)"
    for code in full_text.CONFIGURATIONS
)


class Hooks:
    """Laws, budget lines and the like that took practices up, or could."""

    lexicon = Lexicon(
        stands=(f"EXISTS (SELECT FROM practices_policyhook WHERE status <> '' AND ({_STANDS}))",)
    )  # constants

    def found(self, asked: Asked) -> QuerySet[Any, Any]:
        """What has each of the words in its name or its place, or is in a place that is called so."""
        queries = asked.queries
        told = how_many(any_of([_called(queries, word), _there(queries, word)]) for word in queries.significant)
        enough = Sql(f"({told.text}) >= %s", (*told.values, queries.words.least or len(queries.significant)))
        named = Sql("hub_side_by_side(hub_plain(practices_titles({title})), hub_plain(%s))", (asked.title,))
        fits = any_of([enough if queries.significant else NEVER, named])
        return row(
            PolicyHook.objects.public().filter(condition(fits, **_COLUMNS)),
            kind=Value("policy-hook"),
            key="pk",
            named=count(first_of((named, IN_TITLE)), **_COLUMNS),
            matched=count(told if queries.words.least else NOTHING, **_COLUMNS),
            fitting=count(told if len(queries.significant) > 1 else NOTHING, **_COLUMNS),
            level=number(total(_level(queries, word) for word in queries.significant), **_COLUMNS),
            moment=Cast("status_since", DateTimeField()),
        )

    def hits(self, keys: Iterable[int], language: str) -> Mapping[int, Hit]:
        """Its name, how far it is, what it is and where."""
        return {hook.key: _hit(hook) for hook in to_hooks(PolicyHook.objects.public().filter(pk__in=list(keys)))}


def _called(queries: TextQueries, word: Word) -> Sql:
    asked = {code: queries.loosely(word, code) for code in LANGUAGES}
    return any_of(
        Sql(f"{_WORDS.replace('{code}', code)} @@ %s::tsquery", (query,)) for code, query in asked.items() if query
    )


def _there(queries: TextQueries, word: Word) -> Sql:
    keys = queries.keys(word)
    there = "({country} = ANY(%s::int[]) OR {region} = ANY(%s::int[]))"
    return Sql(there, (array(keys), array(keys))) if keys else NEVER


def _level(queries: TextQueries, word: Word) -> Sql:
    return total([first_of((_called(queries, word), TITLE)), first_of((_there(queries, word), TERM))])


def _hit(hook: Hook) -> Hit:
    return Hit(
        title=hook.title.words,
        url=f"{reverse('practices:tracker_hooks')}?{urlencode({'hook': hook.key})}",
        details=tuple(filter(None, (hook.kind, hook.status, hook.where))),
        title_language=hook.title.language,
    )
