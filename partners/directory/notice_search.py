"""What the site's search finds among offers and requests: by their words, and by what they are described with."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet, Value
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils.text import capfirst

from hub.query_parsing import site_words
from hub.query_parsing.lexicon import Lexicon
from hub.query_parsing.relevance import (
    FOREIGN,
    NEVER,
    NOTHING,
    SUMMARY,
    TERM,
    TITLE,
    Sql,
    all_of,
    any_of,
    array,
    condition,
    count,
    first_of,
    has,
    how_many,
    number,
    times,
    total,
)
from hub.query_parsing.text_queries import LANGUAGES, TextQueries, either, weighing
from hub.query_parsing.words import Word
from hub.search import full_text
from hub.site_search.registry import Asked, Hit
from hub.site_search.rows import named, row
from partners.exchange.filters import card
from partners.exchange.models import Notice

# What passes counts less than what stays: an offer's title no more than the summary of a practice.
_PASSING = 0.6
_COLUMNS = {
    "key": "pk",
    "title": "title",
    "vector": "search_vector",
    "language": "language",
    "country": "country_id",
    "region": "region_id",
}
_STANDS = " OR ".join(
    f"language = '{code}' AND search_vector @@ hub_query('{code}', typed)" for code in full_text.CONFIGURATIONS
)
_PUBLIC = """
withdrawn_at IS NULL AND until >= (now() AT TIME ZONE 'Europe/Brussels')::date
AND organisation_id IN (SELECT id FROM partners_organisation WHERE status = 'listed')
"""


class Notices:
    """The offers and requests that stand, in whatever language they are."""

    lexicon = Lexicon(stands=(f"EXISTS (SELECT FROM partners_notice WHERE {_PUBLIC} AND ({_STANDS}))",))

    def found(self, asked: Asked) -> QuerySet[Any, Any]:
        """What has each of the words in its title, its text or among its terms, or is called so."""
        queries = asked.queries
        told = how_many(_has(queries, word) for word in queries.significant)
        enough = Sql(f"({told.text}) >= %s", (*told.values, queries.words.least or len(queries.significant)))
        the_title = Sql("hub_plain({title}) = hub_plain(%s)", (asked.title,))
        in_title = Sql("hub_side_by_side(hub_plain({title}), hub_plain(%s))", (asked.title,))
        fits = any_of([enough if queries.significant else NEVER, the_title])
        is_own = Sql("{language} = %s", (asked.language,))
        own = first_of((is_own, _PASSING), otherwise=_PASSING * FOREIGN)
        level = total(_level(queries, word, own) for word in queries.significant)
        return row(
            Notice.objects.public().filter(condition(fits, **_COLUMNS)),
            kind=Value("notice"),
            key="pk",
            named=count(named(the_title, in_title), **_COLUMNS),
            matched=count(told if queries.words.least else NOTHING, **_COLUMNS),
            fitting=count(told if len(queries.significant) > 1 else NOTHING, **_COLUMNS),
            level=number(level, **_COLUMNS),
            moment="renewed_at",
        )

    def hits(self, keys: Iterable[int], language: str) -> Mapping[int, Hit]:
        """Title, the beginning of the text, who offers or seeks it, and where."""
        found = Notice.objects.public().with_facts().filter(pk__in=list(keys))
        return {notice.pk: _hit(notice, language) for notice in found}


def own_list(words: str) -> str:
    """The list of offers and requests with the same words."""
    return f"{reverse('exchange:notices')}?{urlencode({'q': words})}"


def visible_texts() -> list[str]:
    """Titles and texts of those that stand, for the words that searches know."""
    return [words for told in Notice.objects.public().values_list("title", "text") for words in told]


def follow_words() -> None:
    """Called once when Django starts: what one says is learnt when it is saved."""
    post_save.connect(_learn, sender=Notice, dispatch_uid="partners.notice_words")


def _learn(instance: Notice, raw: bool = False, **_signal: Any) -> None:
    if not raw and Notice.objects.public().filter(pk=instance.pk).exists():
        site_words.learn([instance.title, instance.text])


def _has(queries: TextQueries, word: Word) -> Sql:
    return any_of([_in_own_language(lambda code: queries.loosely(word, code)), _among_terms(queries, word)])


def _level(queries: TextQueries, word: Word, own: Sql) -> Sql:
    def head(code: str) -> str:
        return either([queries.loosely(word, code), queries.kin(word, code)])

    in_title = _in_own_language(lambda code: weighing(head(code), "A"))
    told = times(first_of((in_title, TITLE), (_in_own_language(head), SUMMARY)), own)
    return total([told, first_of((_among_terms(queries, word), TERM))])


def _in_own_language(asked: Callable[[str], str]) -> Sql:
    """Whether one has what its language is asked for."""
    others = Sql(f"{{language}} NOT IN ({', '.join(repr(code) for code in full_text.CONFIGURATIONS)})")
    queries = {code: asked(code) for code in LANGUAGES}
    return any_of(
        all_of([Sql("{language} = %s", (code,)) if code else others, has("vector", query)])
        for code, query in queries.items()
        if query
    )


def _among_terms(queries: TextQueries, word: Word) -> Sql:
    keys = queries.keys(word)
    if not keys:
        return NEVER
    through = Notice.terms.through._meta.db_table
    own = " OR ".join(f"{{{name}}} = ANY(%s::int[])" for name in ("country", "region"))
    described = f"{{key}} IN (SELECT notice_id FROM {through} WHERE term_id = ANY(%s::int[]))"  # noqa: S608  # constants
    return Sql(f"{own} OR {described}", (array(keys),) * 3)


def _hit(notice: Notice, language: str) -> Hit:
    shown = card(notice, language)
    return Hit(
        title=shown.title,
        url=shown.url,
        text=shown.summary,
        details=(str(capfirst(shown.kind)), shown.organisation, shown.place),
        title_language=shown.language,
        text_language=shown.language,
    )
