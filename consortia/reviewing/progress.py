"""How far each consortium of a call is, for a reviewer or a chair."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from consortia.conflicts.computing import Pair, conflicts
from consortia.conflicts.models import Statement
from consortia.consortium.models import Consortium
from consortia.outcomes.models import Outcome
from consortia.reviewers.models import Reviewer
from consortia.reviewing.counting import counting
from consortia.reviewing.models import Judgement
from consortia.sign_off.models import Version


class Step(StrEnum):
    """What the reader of the list does next with a consortium."""

    CONFLICT = "conflict"
    STATE = "state"
    READ = "read"
    DRAFT = "draft"
    HANDED_IN = "handed_in"


@dataclass(frozen=True)
class Line:
    """A consortium in the list; the numbers and the outcome are for chairs without a conflict.

    They are told once the chair has stated that; before, they only say whether there is something to settle.
    """

    consortium: Consortium
    step: Step
    tells_numbers: bool = False
    handed_in: int = 0
    expected: int = 0
    is_settled: bool = False


def lines(own: Reviewer, consortia: Sequence[Consortium]) -> list[Line]:
    """In a fixed number of queries, however many there are."""
    keys = [each.pk for each in consortia]
    counted = counting(own.call, consortia, besides=own) if own.is_chair else None
    blocked = counted.blocked if counted else _blocked(own, consortia)
    latest = dict(Version.objects.filter(consortium__in=keys).order_by("number").values_list("consortium_id", "number"))
    said = Statement.objects.filter(reviewer=own, consortium__in=keys, has_conflict=False)
    stated = {key for key, number in said.values_list("consortium_id", "version") if latest.get(key) == number}
    judgements = Judgement.objects.filter(reviewer=own, consortium__in=keys)
    # What was handed in for an earlier text is a draft again.
    judged = {
        each.consortium_id: each.handed_in_at is not None and each.version == latest.get(each.consortium_id)
        for each in judgements
    }

    def step(key: int) -> Step:
        if (own.pk, key) in blocked:
            return Step.CONFLICT
        if key not in stated:
            return Step.STATE
        if key in judged:
            return Step.HANDED_IN if judged[key] else Step.DRAFT
        return Step.READ

    if counted is None:
        return [Line(each, step(each.pk)) for each in consortia]
    there = Counter(key for _reviewer, key in counted.judgements)
    settled = set(Outcome.objects.of_what_stands().filter(consortium__in=keys).values_list("consortium_id", flat=True))

    def line(each: Consortium) -> Line:
        now = step(each.pk)
        if now == Step.CONFLICT:
            return Line(each, now)
        return Line(
            consortium=each,
            step=now,
            # Nobody who has yet to say whether they have a conflict learns what others did.
            tells_numbers=now != Step.STATE,
            handed_in=there[each.pk],
            expected=counted.expected(each.pk),
            is_settled=each.pk in settled,
        )

    return [line(each) for each in consortia]


def _blocked(own: Reviewer, consortia: Sequence[Consortium]) -> set[Pair]:
    found = conflicts(own.call, [own], consortia)
    return {pair for pair, of in found.items() if any(each.blocks for each in of)}
