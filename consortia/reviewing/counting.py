"""Which judgements count: handed in, of the text that stands, by somebody who is known to have no conflict."""

from collections.abc import Collection
from dataclasses import dataclass

from calls.chain.models import Call
from consortia.conflicts.computing import Pair, conflicts
from consortia.consortium.models import Consortium
from consortia.reviewers.models import Reviewer
from consortia.reviewing.models import Judgement


@dataclass(frozen=True)
class Counting:
    """Who judges some consortia, or did before the role was taken away, and what of it counts."""

    reviewers: list[Reviewer]
    # The keys of those who judge now.
    judging: set[int]
    # Reviewer and consortium between whom there is a conflict that nobody lifted.
    blocked: set[Pair]
    judgements: dict[Pair, Judgement]

    def expected(self, consortium: int) -> int:
        """How many judgements there are once all are in that may come."""
        those = {each for each in self.judging if (each, consortium) not in self.blocked}
        return len(those | {reviewer for reviewer, about in self.judgements if about == consortium})


def counting(call: Call, consortia: Collection[Consortium], *, besides: Reviewer | None = None) -> Counting:
    """In a fixed number of queries; `besides` is somebody whose conflicts are asked for, too.

    With an account goes what conflicts are computed from, so a judgement whose reviewer has none does not count.
    """
    rows = Judgement.objects.handed_in().of_what_stands().filter(consortium__in=[each.pk for each in consortia])
    handed_in = {(each.reviewer_id, each.consortium_id): each for each in rows}
    judging = set(Reviewer.objects.judging().filter(call=call).values_list("pk", flat=True))
    there = judging | {reviewer for reviewer, _about in handed_in}
    reviewers = list(Reviewer.objects.filter(pk__in=there).select_related("user"))
    asked = {each.pk: each for each in ([*reviewers, besides] if besides else reviewers)}
    found = conflicts(call, asked.values(), consortia)
    blocked = {pair for pair, of in found.items() if any(each.blocks for each in of)}
    unknown = {each.pk for each in reviewers if each.user_id is None}
    counted = {pair: each for pair, each in handed_in.items() if pair not in blocked and pair[0] not in unknown}
    return Counting(reviewers, judging, blocked, counted)
