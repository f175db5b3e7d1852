"""Finding practices by words: each text in its own language, and the terms' labels in all of them."""

from collections.abc import Callable
from functools import reduce
from operator import add, and_, or_
from typing import TypeVar

from django.contrib.postgres.search import SearchQuery, SearchQueryField
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    FloatField,
    Func,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import CombinedExpression

from hub import search
from practices.keys import language_key
from practices.models import LibraryEntry, PracticeText
from practices.terms import Terms
from practices.wording import Word, Words

Found = TypeVar("Found", bound=Model)
Entries = QuerySet[LibraryEntry]

# What a term adds: more than a word deep in a text, less than one in the title.
_TERM_RANK = 0.3


class Matches(Func):
    """Whether a vector has what a query asks for."""

    arg_joiner = " @@ "
    template = "(%(expressions)s)"
    output_field = BooleanField()


class Either(Func):
    """One of several queries."""

    arg_joiner = " || "
    template = "(%(expressions)s)"
    output_field = SearchQueryField()


class InLanguage(Func):
    """A query for words of one language, as entries hold them."""

    function = "practices_words"
    output_field = SearchQueryField()


def query(words: Words, language: str) -> SearchQuery:
    """What a text in this language is asked for."""
    if words.very:
        return search.query(words.very, language)
    return reduce(and_, [_forms(word, language) for word in words.words])


def any_of(words: Words, language: str) -> SearchQuery:
    """The same, content with one of the words."""
    return query(words, language) if words.very else reduce(or_, [_forms(word, language) for word in words.words])


def _forms(word: Word, language: str) -> SearchQuery:
    return reduce(or_, [search.query(form, language) for form in word.forms])


def _in_every_language(words: Words, ask: Callable[[Words, str], SearchQuery] = query) -> Either:
    return Either(*[InLanguage(Value(code), ask(words, code)) for code in (*search.CONFIGURATIONS, "")])


def _in_texts(words: Words, entry: str) -> Q:
    found = Q(Matches(F(f"{entry}words"), _in_every_language(words)))
    if '"' not in words.very:
        return found
    # Entries know no order of words: a phrase is looked for in the texts of those that have its words.
    in_order = [Q(Matches(F("search_vector"), query(words, code)), language=code) for code in search.CONFIGURATIONS]
    in_order.append(Q(Matches(F("search_vector"), query(words, "")), ~Q(language__in=[*search.CONFIGURATIONS])))
    texts = PracticeText.objects.filter(reduce(or_, in_order), practice_id=OuterRef(f"{entry}practice_id"))
    return found & Q(Exists(texts))


def _named(words: Words, terms: Terms) -> dict[Word, list[int]]:
    """The terms that each word names, if any word names one."""
    named = {word: sorted({key for form in word.forms for key in terms.named(form)}) for word in words.words}
    return named if any(named.values()) else {}


def _each(words: Words, terms: Terms, entry: str) -> list[Q]:
    """One condition a word: it stands in a text or in a term."""
    conditions = []
    for word in words.words:
        keys = sorted({key for form in word.forms for key in terms.named(form)})
        in_texts = _in_texts(Words((word,)), entry)
        conditions.append(Q(**{f"{entry}keys__overlap": keys}) | in_texts if keys else in_texts)
    return conditions


def _how_many(words: Words, terms: Terms, entry: str) -> CombinedExpression | Case:
    """How many of the words a practice has."""
    return reduce(add, [Case(When(each, then=1), default=0) for each in _each(words, terms, entry)])


def entries_with(words: Words, terms: Terms) -> Entries:
    """Public practices that these words find: in one of their texts, or each in a text or in a term."""
    if words.some:
        found = LibraryEntry.objects.filter(reduce(or_, _each(words, terms, "")))
        return found.alias(matched=_how_many(words, terms, "")).filter(matched__gte=words.fewest)
    if not _named(words, terms):
        return LibraryEntry.objects.filter(_in_texts(words, ""))
    return LibraryEntry.objects.filter(reduce(and_, _each(words, terms, "")))


def rank(found: QuerySet[Found], words: Words, terms: Terms, language: str, *, entry: str) -> QuerySet[Found]:
    """Best match first: practices that can be read in the reader's language, then the others.

    `entry` leads from the rows to their library entries: "" or "entry__".
    """
    practice = f"{entry}practice_id"
    by_terms = [
        Case(When(Q(**{f"{entry}keys__overlap": keys}), then=_TERM_RANK), default=0.0, output_field=FloatField())
        for keys in _named(words, terms).values()
        if keys
    ]
    asked = _in_every_language(words, any_of)
    by_words = Case(
        When(Matches(F(f"{entry}head"), asked), then=Func(F(f"{entry}head"), asked, function="ts_rank")),
        default=0.0,
        output_field=FloatField(),
    )
    ordered: QuerySet[Found] = found.annotate(  # type: ignore[assignment]  # the stubs name the annotated model anew
        foreign=Case(
            When(Q(**{f"{entry}keys__contains": [language_key(language)]}), then=0),
            default=1,
            output_field=IntegerField(),
        ),
        matched=_how_many(words, terms, entry) if words.some else Value(0),
        rank=reduce(add, by_terms, by_words),
    ).order_by("foreign", "-matched", "-rank", F(f"{entry}published_at").desc(nulls_last=True), f"-{practice}")
    return ordered
