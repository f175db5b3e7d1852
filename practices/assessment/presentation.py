"""The assessment of a practice as its page tells it: criterion by criterion, in words, with the reasons."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.content_memory.content_version import remembered
from hub.vocabularies.models import Term, Vocabulary
from practices.assessment.models import Judgement, Verdict
from practices.practice.models.practice import Practice
from practices.practice.presentation import Said, label, said

# The order and the groups of the EU Best Practice Portal; criteria that staff add stand in the last group.
_GROUPS: tuple[tuple[str | Promise, frozenset[str]], ...] = (
    (_("What every good practice must have"), frozenset({"relevance", "intervention", "evidence-theory", "ethics"})),
    (_("What counts most"), frozenset({"effectiveness", "equity"})),
    (_("What makes it stronger"), frozenset()),
)


@dataclass(frozen=True)
class Judged:
    """One criterion: what it asks, whether the practice meets it, and why."""

    criterion: str
    asks: str
    verdict: str
    verdict_label: str
    reason: Said


@dataclass(frozen=True)
class Group:
    """Criteria that weigh the same."""

    label: str
    judged: list[Judged]


@dataclass(frozen=True)
class Count:
    """How many criteria got the same judgement."""

    verdict: str
    label: str
    number: int


@dataclass(frozen=True)
class Assessment:
    """All criteria, by whom they were judged, and until when that can be relied on."""

    groups: list[Group]
    counts: list[Count]
    assessed_on: date | None
    assessed_by: str
    due_on: date | None
    is_due: bool

    @property
    def met(self) -> int:
        """How many criteria are met."""
        return next((count.number for count in self.counts if count.verdict == Verdict.MET), 0)

    @property
    def total(self) -> int:
        """How many criteria there are."""
        return sum(count.number for count in self.counts)


def criteria() -> list[Term]:
    """The criteria in their order."""
    return remembered("criteria", lambda: list(Term.objects.of(Vocabulary.CRITERION).order_by("position", "pk")))


def assessment(practice: Practice, judgements: Iterable[Judgement]) -> Assessment | None:
    """What was judged so far; None when nobody has judged anything yet."""
    by_criterion = {row.criterion_id: row for row in judgements}
    if all(row.verdict == Verdict.NOT_JUDGED for row in by_criterion.values()):
        return None
    judged = [(term, _judged(term, by_criterion.get(term.pk), practice.original_language)) for term in criteria()]
    found = Counter(row.verdict for _term, row in judged)
    due_on = practice.assessment_due_on
    return Assessment(
        groups=_grouped(judged),
        counts=[Count(each.value, str(each.label), found[each]) for each in Verdict if found[each]],
        assessed_on=practice.assessed_on,
        assessed_by=practice.get_assessed_by_display(),
        due_on=due_on,
        is_due=bool(due_on and due_on <= timezone.localdate()),
    )


def _judged(term: Term, row: Judgement | None, original: str) -> Judged:
    verdict = Verdict(row.verdict) if row else Verdict.NOT_JUDGED
    reason = said(row.reason, original) if row else Said()
    return Judged(label(term), str(term.help), verdict.value, str(verdict.label), reason)


def _grouped(judged: list[tuple[Term, Judged]]) -> list[Group]:
    named = {code for _name, codes in _GROUPS for code in codes}
    groups = []
    for name, codes in _GROUPS:
        rows = [row for term, row in judged if (term.code in codes if codes else term.code not in named)]
        if rows:
            groups.append(Group(str(name), rows))
    return groups
