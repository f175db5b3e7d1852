"""The deadline of proposals: what counts is when the complete request arrived, by the database's clock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from calls.chain.models import Call, Deadline
from consortia.declaration.deadline import Closing, standing
from hub.dates.words import moment


@dataclass(frozen=True)
class ProposalClosing(Closing):
    """By when a call takes proposals; without a deadline as long as the call goes on."""

    @property
    def is_told(self) -> bool:
        """Whether rivals may learn who submitted: nobody can submit any more because of it."""
        return self.is_past or self.is_over

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

    @property
    def told(self) -> str:
        """The same for who only looks, and sends nothing that could be late."""
        if self.is_withdrawn or not self.is_past:
            return self.refusal
        said = gettext(
            "The deadline has passed. It was %(due)s. What was saved stays as it is, and what was submitted before "
            "still counts."
        )
        return said % {"due": moment(self.due_at)}


def closing(call: Call, now: datetime | None = None) -> ProposalClosing:
    """Of a call, with its deadlines as they are in the database; `now` is when the request arrived."""
    return closings({call.pk}, now)[call.pk]


def closings(calls: Collection[int], now: datetime | None = None) -> dict[int, ProposalClosing]:
    """Of several calls, by their keys; in three queries."""
    return {key: ProposalClosing(*each) for key, each in standing(calls, Deadline.Governs.PROPOSAL, now).items()}
