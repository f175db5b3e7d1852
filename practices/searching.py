"""Finding practices by words: each text in its own language, and the terms' labels in all of them."""

import re
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchRank
from django.db.models import (
    Case,
    Exists,
    F,
    FloatField,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from hub import search
from practices.models import ONE_OF, Practice, PracticeText
from practices.querysets import PracticeQuerySet
from practices.terms import Terms

_MOST_WORDS = 8
# A practice that was found by its terms alone stands below one that has the words in its title.
_TERM_RANK = 0.3


def _text_condition(words: str) -> Q:
    """Texts with these words, each searched in its own language."""
    by_language = [
        Q(language=language, search_vector=search.query(words, language)) for language in search.CONFIGURATIONS
    ]
    others = ~Q(language__in=list(search.CONFIGURATIONS)) & Q(search_vector=search.query(words, ""))
    return reduce(or_, by_language, others)


def _texts_with(words: str) -> QuerySet[PracticeText]:
    return PracticeText.objects.filter(_text_condition(words))


def _in_texts(words: str) -> Q:
    return Q(pk__in=_texts_with(words).values("practice_id"))


def _in_terms(ids: list[int]) -> Q:
    described = Practice.terms.through.objects.filter(term_id__in=ids).values("practice_id")
    return reduce(or_, [Q(**{f"{name}_id__in": ids}) for name in ONE_OF], Q(pk__in=described))


def _by_terms(words: str, terms: Terms) -> Q | None:
    """Practices where each word stands in a term or in the text, and at least one in a term; None if none names one."""
    if re.search(r'["-]', words):
        return None  # quotes and minus ask for the very words
    typed = words.split()[:_MOST_WORDS]
    named = {word: terms.named(word) for word in typed}
    if not any(named.values()):
        return None
    return reduce(and_, [_in_terms(ids) | _in_texts(word) if ids else _in_texts(word) for word, ids in named.items()])


def condition(words: str, terms: Terms) -> Q:
    """Practices that these words find."""
    by_terms = _by_terms(words, terms)
    return _in_texts(words) if by_terms is None else _in_texts(words) | by_terms


def rank(practices: PracticeQuerySet, words: str, language: str) -> PracticeQuerySet:
    """Best match first: practices that can be read in the reader's language, then the others."""
    texts = _texts_with(words).filter(practice_id=OuterRef("pk")).order_by()
    per_language = Case(
        *[
            When(language=code, then=SearchRank(F("search_vector"), search.query(words, code)))
            for code in search.CONFIGURATIONS
        ],
        default=SearchRank(F("search_vector"), search.query(words, "")),
        output_field=FloatField(),
    )
    best = texts.values("practice_id").annotate(best=Max(per_language)).values("best")
    own = PracticeText.objects.filter(practice_id=OuterRef("pk"), language=language)
    return practices.annotate(
        foreign=Case(When(Exists(own), then=0), default=1, output_field=IntegerField()),
        rank=Coalesce(Subquery(best), Value(_TERM_RANK), output_field=FloatField()),
    ).order_by("foreign", "-rank", "-first_published_at", "-pk")
