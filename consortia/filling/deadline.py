"""The deadline of proposals: what counts is when the complete request arrived, by the database's clock."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from calls.chain.models import Call, Deadline
from calls.chain.standing import PAST, call_state, governing_deadline
from consortia.declaration.deadline import Closing
from consortia.receipts import clock
from hub.dates.words import moment


@dataclass(frozen=True)
class ProposalClosing(Closing):
    """By when a call takes proposals; without a deadline as long as the call goes on."""

    is_withdrawn: bool = False
    is_over: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether nothing is taken any more."""
        return bool(self.refusal)

    @property
    def refusal(self) -> str:
        """What somebody is told who comes too late; nothing as long as it is in time."""
        if self.is_withdrawn:
            return gettext("The call was withdrawn: no proposals are taken. What is written stays as it is.")
        if not self.is_past:
            return gettext("The call is over: no proposals are taken any more.") if self.is_over else ""
        said = gettext(
            "The deadline was %(due)s; this arrived too late by %(late_by)s, by the clock of the database. The "
            "proposal stays as it is: nothing that was saved is lost, and what was submitted before still counts."
        )
        return said % {"due": moment(self.due_at), "late_by": self.late_by}


def closing(call: Call, now: datetime | None = None) -> ProposalClosing:
    """Of a call, with its deadlines as they are in the database; `now` is when the request arrived."""
    fresh = Call.objects.prefetch_related("deadlines").get(pk=call.pk)
    deadline = governing_deadline(fresh, Deadline.Governs.PROPOSAL)
    arrived = now or clock.now()
    is_over = deadline is None and call_state(fresh, arrived).code in PAST
    return ProposalClosing(
        deadline.due_at if deadline else None, arrived, is_withdrawn=fresh.withdrawn_at is not None, is_over=is_over
    )
