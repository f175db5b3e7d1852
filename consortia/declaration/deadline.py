"""The deadline of a declaration: what counts is when the complete request arrived, by the database's clock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.timesince import timesince
from django.utils.translation import gettext

from calls.chain.models import Call, Deadline
from calls.chain.standing import PAST, call_state, governing_deadline
from consortia.receipts import clock
from hub.dates.time_left import time_left
from hub.dates.words import moment


@dataclass(frozen=True)
class Closing:
    """By when a call takes declarations; without a deadline as long as the call goes on."""

    due_at: datetime | None
    now: datetime
    is_withdrawn: bool = False
    # The call is over, and had no deadline for this.
    is_over: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether nothing is taken any more."""
        return bool(self.refusal)

    @property
    def is_past(self) -> bool:
        """What arrives at the very moment of the deadline is too late."""
        return self.due_at is not None and self.due_at <= self.now

    @property
    def left(self) -> str:
        """How long it is still, in words; nothing where it is over or there is none."""
        return time_left(self.due_at, self.now) if self.due_at else ""

    @property
    def late_by(self) -> str:
        """How much too late, in words: to the thousandth of a second below a minute."""
        if self.due_at is None or not self.is_past:
            return ""
        seconds = (self.now - self.due_at).total_seconds()
        if seconds < 60:
            return gettext("%(seconds)s seconds") % {"seconds": f"{seconds:.3f}"}
        return timesince(self.due_at, self.now)

    @property
    def refusal(self) -> str:
        """What somebody is told who comes too late; nothing as long as it is in time."""
        if self.is_withdrawn:
            return gettext("The call was withdrawn: nothing is declared any more. The draft stays as it is.")
        if not self.is_past:
            return gettext("The call is over: what was declared stays as it is.") if self.is_over else ""
        said = gettext(
            "The deadline was %(due)s; this arrived too late by %(late_by)s, by the clock of the database. The "
            "draft stays as it is, and nothing of it is lost."
        )
        return said % {"due": moment(self.due_at), "late_by": self.late_by}

    @property
    def told(self) -> str:
        """The same for who only looks, and sends nothing that could be late."""
        if self.is_withdrawn or not self.is_past:
            return self.refusal
        said = gettext(
            "The deadline has passed. It was %(due)s. Nothing is declared or withdrawn any more; all stays as it is."
        )
        return said % {"due": moment(self.due_at)}


def closing(call: Call, now: datetime | None = None) -> Closing:
    """Of a call, with its deadlines as they are in the database; `now` is when the request arrived."""
    return closings({call.pk}, now)[call.pk]


def closings(calls: Collection[int], now: datetime | None = None) -> dict[int, Closing]:
    """Of several calls, by their keys; in three queries."""
    return {key: Closing(*each) for key, each in standing(calls, Deadline.Governs.DECLARATION, now).items()}


def standing(
    calls: Collection[int], governed: str, now: datetime | None = None
) -> dict[int, tuple[datetime | None, datetime, bool, bool]]:
    """What each `Closing` is made of, for what a deadline of these calls governs."""
    fresh = list(Call.objects.prefetch_related("deadlines").filter(pk__in=calls))
    arrived = now or clock.now()
    return {each.pk: _standing(each, governing_deadline(each, governed), arrived) for each in fresh}


def _standing(call: Call, deadline: Deadline | None, arrived: datetime) -> tuple[datetime | None, datetime, bool, bool]:
    is_over = deadline is None and call_state(call, arrived).code in PAST
    return deadline.due_at if deadline else None, arrived, call.withdrawn_at is not None, is_over
