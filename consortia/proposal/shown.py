"""What pages show of a consortium's proposal: how far it is, what counts, and whether it changed since."""

from collections.abc import Collection
from dataclasses import dataclass

from consortia.consortium.acting import Actor
from consortia.consortium.models import Consortium
from consortia.filling.contents import Slot, contents_of, selection
from consortia.filling.deadline import ProposalClosing, closings
from consortia.proposal import recommended
from consortia.proposal.models import Proposal
from consortia.proposal.submitting import lacks


@dataclass(frozen=True)
class State:
    """Of now; `last` is the one that was submitted last, whether it still counts or not."""

    slots: list[Slot]
    last: Proposal | None
    closing: ProposalClosing
    is_declared: bool
    # Why the call takes none of this consortium now, whatever it fills in.
    refusal: recommended.Refusal | None = None

    @property
    def lacking(self) -> list[Slot]:
        """The parts that keep it from being submitted."""
        return [slot for slot in self.slots if slot.lack]

    @property
    def lacks(self) -> list[str]:
        return lacks(self.slots)

    @property
    def selection(self) -> str:
        return selection(self.slots)

    @property
    def filled(self) -> int:
        return sum(slot.is_filled for slot in self.slots)

    @property
    def barred(self) -> str:
        """The same in words; nothing where it does."""
        return self.refusal.words if self.refusal else ""

    @property
    def may_count(self) -> bool:
        """Whether what is filled in now may be taken, now or once it is recommended."""
        return not self.closing.is_closed and not (self.refusal and self.refusal.is_turned_down)

    @property
    def can_submit(self) -> bool:
        """Whether anything is taken of it now, once it is complete."""
        return self.is_declared and not self.closing.is_closed and not self.barred

    @property
    def counts(self) -> bool:
        """Whether one counts now: the last, under the declaration that stands."""
        return self.last is not None and not self.last.is_over

    @property
    def is_changed(self) -> bool:
        """Whether anything is other than what was submitted: a text, a file, or who declared the partnership.

        A part that is not asked for any more changes nothing.
        """
        asked = {str(slot.part.pk) for slot in self.slots}
        counting = self.last.selection.split(",") if self.last else []
        kept = ",".join(pair for pair in counting if pair.partition(".")[0] in asked)
        return self.last is not None and (self.last.is_over or kept != self.selection)

    @property
    def is_there(self) -> bool:
        """Whether there is anything to show: something asked for, or submitted."""
        return self.last is not None or (self.is_declared and bool(self.slots))


def state(consortium: Consortium) -> State:
    """In a fixed number of queries."""
    return states([consortium])[consortium.pk]


def states(consortia: Collection[Consortium]) -> dict[int, State]:
    """Of several, by their keys; in as many queries."""
    parts = contents_of(consortia)
    submitted = Proposal.objects.filter(consortium__in=consortia).select_related("receipt", "declaration")
    last = {
        each.consortium_id: each for each in submitted.order_by("consortium_id", "-number").distinct("consortium_id")
    }
    until = closings({each.call_id for each in consortia})
    refusals = recommended.refusals(consortia)
    return {
        each.pk: State(
            parts[each.pk],
            last.get(each.pk),
            until[each.call_id],
            each.status == Consortium.Status.DECLARED,
            refusals.get(each.pk),
        )
        for each in consortia
    }


def may(acting: list[Actor], action: str) -> bool:
    """Whether this reader does it, for any organisation."""
    return any(not each.refusal(action) for each in acting)
