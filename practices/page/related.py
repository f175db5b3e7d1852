"""Which other practices a reader may want next, and what they have in common with this one, in words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, Count, F, FloatField, Max, Value, When
from django.utils.translation import get_language, gettext

from hub.content_memory.content_version import remembered
from hub.search import full_text
from hub.vocabularies.models import Term, Vocabulary
from hub.vocabularies.plain import plain_words
from practices.practice.models.practice import Practice
from practices.practice.models.texts import PracticeText
from practices.practice.presentation import Summary, summaries
from practices.practice.terms import Terms

RELATED_BY = (Vocabulary.THEME, Vocabulary.TARGET)
_MOST_RELATED = 3
# With most terms in common; enough to be left with some when many of them are drafts that wait for review.
_MOST_FOUND = 1_000
# Of those, how many have their words compared.
_MOST_READ = 60
_MOST_WORDS = 12
# PostgreSQL's rank of a text that has all the words of a title is about 0.3: worth a term and a half.
_WORTH_OF_WORDS = 5.0
_ALIKE = 0.2


@dataclass(frozen=True)
class Related:
    """Another practice, in which way it is related, and the terms that both have."""

    practice: Summary
    why: str
    shared: list[str]


def related(practice: Practice, texts: Sequence[PracticeText], described: Iterable[Term]) -> list[Related]:
    """Published practices for the same themes and target groups; texts and terms may be unsaved ones."""
    terms = [term for term in described if term.vocabulary in RELATED_BY]
    titles = {text.language: text.title for text in texts}
    # Terms and titles are part of the key because a preview may show others than those that are published.
    key = ("related", practice.pk, get_language(), tuple(term.pk for term in terms), tuple(sorted(titles.items())))
    return remembered(key, lambda: _find(practice, titles, terms)) if terms else []


def _find(practice: Practice, titles: dict[str, str], terms: list[Term]) -> list[Related]:
    by_id = {term.pk: term for term in terms}
    common = _with_common_terms(practice, list(by_id))
    if not common:
        return []
    alike = _likeness(list(common), titles)
    closest = sorted(common, key=lambda pk: (-(common[pk] + _WORTH_OF_WORDS * alike.get(pk, 0)), -pk))[:_MOST_RELATED]
    shared: dict[int, list[Term]] = defaultdict(list)
    uses = Practice.terms.through.objects.filter(practice_id__in=closest, term_id__in=by_id)
    for practice_id, term_id in uses.order_by("term__position").values_list("practice_id", "term_id"):
        shared[practice_id].append(by_id[term_id])
    found = Practice.objects.public().in_bulk(closest)
    practices = [found[pk] for pk in closest if pk in found]
    return [
        Related(row, _why(shared[each.pk], alike.get(each.pk, 0)), [str(term.label) for term in shared[each.pk]])
        for each, row in zip(practices, summaries(practices, Terms.load()), strict=True)
    ]


def _with_common_terms(practice: Practice, term_ids: list[int]) -> dict[int, int]:
    """Published practices with the number of these terms that they have, most first.

    The database counts in the index of terms alone; whether a practice is published is asked of the best only.
    """
    uses = Practice.terms.through.objects.filter(term_id__in=term_ids).exclude(practice_id=practice.pk)
    counted = uses.values("practice_id").annotate(common=Count("term_id")).order_by("-common", "-practice_id")
    common = dict(counted[:_MOST_FOUND].values_list("practice_id", "common"))
    public = set(Practice.objects.public().filter(pk__in=common).order_by().values_list("pk", flat=True))
    best = [pk for pk in common if pk in public][:_MOST_READ]
    return {pk: common[pk] for pk in best}


def _likeness(ids: list[int], titles: dict[str, str]) -> dict[int, float]:
    """How well the words of this practice's title fit the others' texts, each in a language that both have."""
    queries = {language: _any_of(title, language) for language, title in titles.items() if plain_words(title)}
    if not queries:
        return {}
    rank = Case(
        *[When(language=code, then=SearchRank(F("search_vector"), query)) for code, query in queries.items()],
        default=Value(0.0),
        output_field=FloatField(),
    )
    texts = PracticeText.objects.filter(practice_id__in=ids, language__in=queries).order_by()
    return dict(texts.values("practice_id").annotate(likeness=Max(rank)).values_list("practice_id", "likeness"))


def _any_of(title: str, language: str) -> SearchQuery:
    words = list(dict.fromkeys(plain_words(title)))[:_MOST_WORDS]
    configuration = full_text.configuration(language)
    return reduce(or_, [SearchQuery(word, config=configuration, search_type="plain") for word in words])


def _why(shared: list[Term], likeness: float) -> str:
    """In one phrase: `Same theme and target group`."""
    themes, targets = (sum(term.vocabulary == name for term in shared) for name in RELATED_BY)
    if likeness >= _ALIKE:
        if themes and targets:
            return gettext("Same theme and target group, similar words")
        return gettext("Same theme, similar words") if themes else gettext("Same target group, similar words")
    if themes and targets:
        return gettext("Same theme and target group")
    return gettext("Same theme") if themes else gettext("Same target group")
