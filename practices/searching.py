"""Finding practices by words: each text in its own language, and the terms' labels in all of them."""

from functools import reduce
from operator import and_, or_
from typing import TypeVar

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import (
    Case,
    Exists,
    F,
    FloatField,
    IntegerField,
    Max,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from hub import search
from practices.models import LibraryEntry, PracticeText
from practices.terms import Terms
from practices.wording import Word, Words

Found = TypeVar("Found", bound=Model)
Entries = QuerySet[LibraryEntry]

# What a term adds: more than a word deep in a text, less than one in the title.
_TERM_RANK = 0.3


def query(words: Words, language: str) -> SearchQuery:
    """What a text in this language is asked for."""
    if words.very:
        return search.query(words.very, language)
    return reduce(and_, [_forms(word, language) for word in words.words])


def _forms(word: Word, language: str) -> SearchQuery:
    return reduce(or_, [search.query(form, language) for form in word.forms])


def _texts_with(words: Words) -> QuerySet[PracticeText]:
    """Texts with these words, each searched in its own language."""
    by_language = [Q(language=language, search_vector=query(words, language)) for language in search.CONFIGURATIONS]
    others = ~Q(language__in=list(search.CONFIGURATIONS)) & Q(search_vector=query(words, ""))
    return PracticeText.objects.filter(reduce(or_, by_language, others))


def _in_texts(words: Words) -> Q:
    return Q(practice_id__in=_texts_with(words).order_by().values("practice_id"))


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
    texts = _texts_with(words).filter(practice_id=OuterRef(practice)).order_by()
    per_language = Case(
        *[
            When(language=code, then=SearchRank(F("search_vector"), query(words, code)))
            for code in search.CONFIGURATIONS
        ],
        default=SearchRank(F("search_vector"), query(words, "")),
        output_field=FloatField(),
    )
    best = texts.values("practice_id").annotate(best=Max(per_language)).values("best")
    named = sorted({key for keys in _named(words, terms).values() for key in keys})
    by_term = Case(When(Q(**{f"{entry}keys__overlap": named}), then=_TERM_RANK), default=0.0, output_field=FloatField())
    own = PracticeText.objects.filter(practice_id=OuterRef(practice), language=language)
    ordered: QuerySet[Found] = found.annotate(  # type: ignore[assignment]  # the stubs name the annotated model anew
        foreign=Case(When(Exists(own), then=0), default=1, output_field=IntegerField()),
        rank=Coalesce(Subquery(best), Value(0.0), output_field=FloatField()) + by_term,
    ).order_by("foreign", "-rank", F(f"{entry}published_at").desc(nulls_last=True), f"-{practice}")
    return ordered
