"""Finds pages: news, calls, events, and what stands for itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.text import Truncator

from hub.dates.words import day
from hub.query_parsing.lexicon import Lexicon
from hub.query_parsing.relevance import (
    BODY,
    FOREIGN,
    NEVER,
    NOTHING,
    SUMMARY,
    TITLE,
    Sql,
    all_of,
    any_of,
    condition,
    count,
    first_of,
    has,
    how_many,
    number,
    times,
    total,
)
from hub.query_parsing.text_queries import TextQueries, either, weighing
from hub.query_parsing.words import Least, Word
from hub.search import full_text
from hub.search.models import PageEntry
from hub.site_search.registry import Asked, Hit
from hub.site_search.rows import is_in_title, is_title, named, row

_COLUMNS = {"title": "plain_title", "vector": "search_vector", "language": "language"}
_DATED = {"news", "event"}
# Shorter words stand in many titles.
_TELLING_TITLE = 5
_STANDS = " OR ".join(
    f"language = '{code}' AND search_vector @@ hub_query('{code}', typed)" for code in full_text.CONFIGURATIONS
)


class Pages:
    """The pages of the tree: in the reader's language, and calls and events in the nearest that they have."""

    # Only of what visitors could see: a draft gives no word away.
    lexicon = Lexicon(stands=(f"EXISTS (SELECT FROM hub_pageentry WHERE learnt AND ({_STANDS}))",))

    def found(self, asked: Asked) -> QuerySet[Any, Any]:
        """What has the words, or is called so."""
        queries = asked.queries
        the_title, in_title = is_title("title", asked.title), is_in_title("title", asked.title)
        called_so = in_title if len(asked.title) >= _TELLING_TITLE else the_title
        fits = any_of([*(_fits(queries, code) for code in _languages()), called_so])
        levels = times(
            _in_own_language(lambda code: total(_level(queries, word, code) for word in queries.significant)),
            first_of((_is_in(asked.language), 1.0), otherwise=FOREIGN),
        )
        return row(
            PageEntry.objects.for_reader(asked.language).filter(condition(fits, **_COLUMNS)),
            kind="kind",
            key="page_id",
            named=count(named(the_title, in_title), **_COLUMNS),
            matched=count(_in_own_language(lambda code: _matched(queries, code)), **_COLUMNS),
            fitting=count(_in_own_language(lambda code: _fitting(queries, code)), **_COLUMNS),
            level=number(levels, **_COLUMNS),
            moment="moment",
        )

    def hits(self, keys: Iterable[int], language: str) -> Mapping[int, Hit]:
        """Title, introduction, and when it is."""
        entries = PageEntry.objects.filter(pk__in=list(keys)).select_related("page__locale")
        return {entry.pk: _hit(entry, language) for entry in entries}


def _languages() -> Iterator[str]:
    return (code for code, _name in settings.LANGUAGES)


def _is_in(code: str) -> Sql:
    return Sql("{language} = %s", (code,))


def _in_own_language(expression: Callable[[str], Sql]) -> Sql:
    """What is asked of each page in its own language."""
    return first_of(*((_is_in(code), expression(code)) for code in _languages()))


def _fits(queries: TextQueries, code: str) -> Sql:
    text = queries.text(code)
    return all_of([_is_in(code), has("vector", text)]) if text else NEVER


def _matched(queries: TextQueries, code: str) -> Sql:
    if queries.words.least is Least.ALL:
        return NOTHING
    return how_many(has("vector", queries.loosely(word, code)) for word in queries.significant)


def _fitting(queries: TextQueries, code: str) -> Sql:
    if len(queries.significant) < 2:
        return NOTHING
    return how_many(has("vector", weighing(_head(queries, word, code), "AB")) for word in queries.significant)


def _level(queries: TextQueries, word: Word, code: str) -> Sql:
    head, own = _head(queries, word, code), queries.loosely(word, code)
    deep = Sql(str(BODY)) if queries.words.least is Least.ALL else first_of((has("vector", own), BODY))
    in_title, in_summary = (has("vector", weighing(head, weight)) for weight in "AB")
    return first_of((in_title, TITLE), (in_summary, SUMMARY), otherwise=deep)


def _head(queries: TextQueries, word: Word, code: str) -> str:
    return either([queries.loosely(word, code), queries.kin(word, code)])


def _hit(entry: PageEntry, language: str) -> Hit:
    foreign = entry.language if entry.language != language else ""
    return Hit(
        title=entry.title,
        url=entry.page.url or "",
        text=Truncator(entry.summary.split("\n", 1)[0]).chars(240),
        details=(day(entry.moment),) if entry.kind in _DATED and entry.moment else (),
        title_language=foreign,
        text_language=foreign,
    )
