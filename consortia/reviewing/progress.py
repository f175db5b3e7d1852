"""How far each consortium of a call is, for a reviewer or a chair."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from consortia.conflicts.computing import conflicts
from consortia.conflicts.models import Statement
from consortia.consortium.models import Consortium
from consortia.outcomes.models import Outcome
from consortia.reviewers.models import Reviewer
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
    """A consortium in the list; the numbers and the outcome are for chairs."""

    consortium: Consortium
    step: Step
    handed_in: int = 0
    expected: int = 0
    is_settled: bool = False


def lines(own: Reviewer, consortia: Sequence[Consortium]) -> list[Line]:
    """In a fixed number of queries, however many there are."""
    call, keys = own.call, [each.pk for each in consortia]
    judging = list(Reviewer.objects.judging().filter(call=call).select_related("user")) if own.is_chair else []
    found = conflicts(call, {each.pk: each for each in [own, *judging]}.values(), consortia)
    blocked = {pair for pair, of in found.items() if any(each.blocks for each in of)}
    latest = dict(Version.objects.filter(consortium__in=keys).order_by("number").values_list("consortium_id", "number"))
    said = Statement.objects.filter(reviewer=own, consortium__in=keys, has_conflict=False)
    stated = {key for key, number in said.values_list("consortium_id", "version") if latest.get(key) == number}
    judged = dict(
        Judgement.objects.filter(reviewer=own, consortium__in=keys).values_list("consortium_id", "handed_in_at")
    )

    def step(key: int) -> Step:
        if (own.pk, key) in blocked:
            return Step.CONFLICT
        if key not in stated:
            return Step.STATE
        if key in judged:
            return Step.HANDED_IN if judged[key] else Step.DRAFT
        return Step.READ

    if not own.is_chair:
        return [Line(each, step(each.pk)) for each in consortia]
    pairs = Judgement.objects.handed_in().filter(consortium__in=keys).values_list("reviewer_id", "consortium_id")
    there = Counter(key for reviewer, key in pairs if (reviewer, key) not in blocked)
    settled = set(Outcome.objects.of_what_stands().filter(consortium__in=keys).values_list("consortium_id", flat=True))
    return [
        Line(
            consortium=each,
            step=step(each.pk),
            handed_in=there[each.pk],
            expected=sum((reviewer.pk, each.pk) not in blocked for reviewer in judging),
            is_settled=each.pk in settled,
        )
        for each in consortia
    ]
