"""What the site's search finds among organisations: by name, by what is told of them, and by what they are."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet, Value
from django.db.models.signals import post_save
from django.urls import reverse

from hub.query_parsing import site_words
from hub.query_parsing.lexicon import Lexicon
from hub.query_parsing.relevance import (
    BODY,
    FOREIGN,
    NEVER,
    NOTHING,
    SUMMARY,
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
    times,
    total,
)
from hub.query_parsing.text_queries import LANGUAGES, TextQueries, either, weighing
from hub.query_parsing.words import Word
from hub.search import full_text
from hub.site_search.registry import Asked, Hit
from hub.site_search.rows import is_in_title, is_title, named, row
from partners.directory.cards import card
from partners.organisations.models import Organisation, OrganisationText

_COLUMNS = {"key": "pk", "name": "plain_name", "sector": "sector_id", "country": "country_id", "region": "region_id"}
_TEXTS = OrganisationText._meta.db_table
_READABLE = f"{{key}} IN (SELECT organisation_id FROM {_TEXTS} WHERE language = %s)"  # noqa: S608  # constants
_STANDS = " OR ".join(
    f"language = '{code}' AND search_vector @@ hub_query('{code}', typed)" for code in full_text.CONFIGURATIONS
)
_LISTED = "SELECT id FROM partners_organisation WHERE status = 'listed'"
# Without its ending a word of a name is also found in its other forms; a short one only as it is.
_SHORTEST_BEGINNING = 4
_SHORTEST_STEM = 6
_ENDING = 2


class Organisations:
    """The organisations of the directory."""

    lexicon = Lexicon(
        stands=(f"EXISTS (SELECT FROM partners_organisationtext WHERE ({_STANDS}) AND organisation_id IN ({_LISTED}))",)
    )

    def found(self, asked: Asked) -> QuerySet[Any, Any]:
        """What has each of the words in its name, in its texts or among its terms, or is called so."""
        queries = asked.queries
        has = [_has(queries, word) for word in queries.significant if not queries.is_common(word)]
        told = how_many(has)
        enough = Sql(f"({told.text}) >= %s", (*told.values, queries.words.least or len(has))) if has else NEVER
        the_title = is_title("name", asked.title)
        in_front = [_in_front(queries, word) for word in queries.significant]
        return row(
            Organisation.objects.public().filter(condition(any_of([enough, the_title]), **_COLUMNS)),
            kind=Value("organisation"),
            key="pk",
            named=count(named(the_title, is_in_title("name", asked.title)), **_COLUMNS),
            matched=count(told if queries.words.least else NOTHING, **_COLUMNS),
            fitting=count(how_many(in_front) if len(in_front) > 1 else NOTHING, **_COLUMNS),
            level=number(total(_level(queries, word, asked.language) for word in queries.significant), **_COLUMNS),
            moment="created_at",
        )

    def hits(self, keys: Iterable[int], language: str) -> Mapping[int, Hit]:
        """Name, summary, sector and country."""
        found = Organisation.objects.public().with_facts().filter(pk__in=list(keys))
        return {organisation.pk: _hit(organisation, language) for organisation in found}


def own_list(words: str) -> str:
    """The directory with the same words."""
    return f"{reverse('partners:directory')}?{urlencode({'q': words})}"


def visible_texts() -> list[str]:
    """Names and texts of the organisations of the directory, for the words that searches know."""
    listed = Organisation.objects.public().prefetch_related("texts")
    return [text for organisation in listed for text in _texts(organisation)]


def follow_words() -> None:
    """Called once when Django starts: what an organisation says of itself is learnt when it is saved."""
    post_save.connect(_learn, sender=Organisation, dispatch_uid="partners.site_words")
    post_save.connect(_learn, sender=OrganisationText, dispatch_uid="partners.site_words")


def _learn(instance: Organisation | OrganisationText, raw: bool = False, **_signal: Any) -> None:
    organisation = instance.organisation if isinstance(instance, OrganisationText) else instance
    if not raw and organisation.status == Organisation.Status.LISTED:
        site_words.learn(_texts(Organisation.objects.get(pk=organisation.pk)))


def _texts(organisation: Organisation) -> list[str]:
    return [organisation.name, *(text for each in organisation.texts.all() for text in (each.summary, each.body))]


def _has(queries: TextQueries, word: Word) -> Sql:
    return any_of([_in_name(word), _in_texts(queries, word), _among_terms(queries, word)])


def _in_front(queries: TextQueries, word: Word) -> Sql:
    return any_of([_in_name(word), _in_summaries(queries, word), _among_terms(queries, word)])


def _level(queries: TextQueries, word: Word, language: str) -> Sql:
    told = first_of((_in_summaries(queries, word), SUMMARY), (_in_texts(queries, word), BODY))
    in_texts = times(told, first_of((Sql(_READABLE, (language,)), 1.0), otherwise=FOREIGN))
    stands = first_of((_in_name(word), TITLE), otherwise=in_texts)
    return total([stands, first_of((_among_terms(queries, word), TERM))])


def _in_name(word: Word) -> Sql:
    """A name is in no language: it has a word as it is, or one that begins so."""
    beginnings = dict.fromkeys(_beginning(form.strip('"')) for form in word.forms)
    return any_of(Sql("strpos(' ' || {name} || ' ', %s) > 0", (beginning,)) for beginning in beginnings)


def _beginning(plain: str) -> str:
    if len(plain) < _SHORTEST_BEGINNING or " " in plain:
        return f" {plain} "
    return f" {plain[: max(_SHORTEST_STEM, len(plain) - _ENDING)]}"


def _in_texts(queries: TextQueries, word: Word) -> Sql:
    return _of_texts({code: queries.loosely(word, code) for code in LANGUAGES})


def _in_summaries(queries: TextQueries, word: Word) -> Sql:
    heads = {code: either([queries.loosely(word, code), queries.kin(word, code)]) for code in LANGUAGES}
    return _of_texts({code: weighing(head, "B") for code, head in heads.items()})


def _of_texts(queries: Mapping[str, str]) -> Sql:
    """Whether an organisation has a text that has what its language is asked for."""
    others = f"language NOT IN ({', '.join(repr(code) for code in full_text.CONFIGURATIONS)})"
    asked = [(f"language = '{code}'" if code else others, query) for code, query in queries.items() if query]
    if not asked:
        return NEVER
    fits = " OR ".join(f"{language} AND search_vector @@ %s::tsquery" for language, _query in asked)
    select = f"{{key}} IN (SELECT organisation_id FROM {_TEXTS} WHERE {fits})"  # noqa: S608  # constants
    return Sql(select, tuple(query for _language, query in asked))


def _among_terms(queries: TextQueries, word: Word) -> Sql:
    keys = queries.keys(word)
    if not keys:
        return NEVER
    through = Organisation.terms.through._meta.db_table
    own = " OR ".join(f"{{{name}}} = ANY(%s::int[])" for name in ("sector", "country", "region"))
    described = f"{{key}} IN (SELECT organisation_id FROM {through} WHERE term_id = ANY(%s::int[]))"  # noqa: S608  # constants
    return Sql(f"{own} OR {described}", (array(keys),) * 4)


def _hit(organisation: Organisation, language: str) -> Hit:
    shown = card(organisation, language)
    # A name is in no language; only the words about it are.
    return Hit(
        title=shown.name,
        url=shown.url,
        text=shown.summary,
        details=(shown.sector, shown.country),
        text_language=shown.language,
    )
