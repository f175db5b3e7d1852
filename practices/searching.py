"""Finding practices by words: each text in its own language, and the terms' labels in all of them."""

from collections.abc import Callable
from functools import reduce
from operator import and_, or_
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


def _any(words: Words, language: str) -> SearchQuery:
    """The same, content with one of the words."""
    return query(words, language) if words.very else reduce(or_, [_forms(word, language) for word in words.words])


def _forms(word: Word, language: str) -> SearchQuery:
    return reduce(or_, [search.query(form, language) for form in word.forms])


def _in_every_language(words: Words, ask: Callable[[Words, str], SearchQuery] = query) -> Either:
    return Either(*[InLanguage(Value(code), ask(words, code)) for code in (*search.CONFIGURATIONS, "")])


def _in_texts(words: Words) -> Q:
    found = Q(Matches(F("words"), _in_every_language(words)))
    if '"' not in words.very:
        return found
    # Entries know no order of words: a phrase is looked for in the texts of those that have its words.
    in_order = [Q(Matches(F("search_vector"), query(words, code)), language=code) for code in search.CONFIGURATIONS]
    in_order.append(Q(Matches(F("search_vector"), query(words, "")), ~Q(language__in=[*search.CONFIGURATIONS])))
    texts = PracticeText.objects.filter(reduce(or_, in_order), practice_id=OuterRef("practice_id"))
    return found & Q(Exists(texts))


def _named(words: Words, terms: Terms) -> dict[Word, list[int]]:
    """The terms that each word names, if any word names one."""
    named = {word: sorted({key for form in word.forms for key in terms.named(form)}) for word in words.words}
    return named if any(named.values()) else {}


def entries_with(words: Words, terms: Terms) -> Entries:
    """Public practices that these words find: in one of their texts, or each in a text or in a term."""
    named = _named(words, terms)
    if not named:
        return LibraryEntry.objects.filter(_in_texts(words))
    each = []
    for word, keys in named.items():
        in_texts = _in_texts(Words((word,)))
        each.append(Q(keys__overlap=keys) | in_texts if keys else in_texts)
    return LibraryEntry.objects.filter(reduce(and_, each))


def rank(found: QuerySet[Found], words: Words, terms: Terms, language: str, *, entry: str) -> QuerySet[Found]:
    """Best match first: practices that can be read in the reader's language, then the others.

    `entry` leads from the rows to their library entries: "" or "entry__".
    """
    practice = f"{entry}practice_id"
    named = sorted({key for keys in _named(words, terms).values() for key in keys})
    by_term = Case(When(Q(**{f"{entry}keys__overlap": named}), then=_TERM_RANK), default=0.0, output_field=FloatField())
    asked = _in_every_language(words, _any)
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
        rank=by_words + by_term,
    ).order_by("foreign", "-rank", F(f"{entry}published_at").desc(nulls_last=True), f"-{practice}")
    return ordered
