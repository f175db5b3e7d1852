"""The deadline of a declaration: what counts is when the complete request arrived, by the database's clock."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timesince import timesince
from django.utils.translation import gettext

from calls.chain.models import Call, Deadline
from calls.chain.standing import governing_deadline
from consortia.receipts import clock
from hub.dates.time_left import time_left
from hub.dates.words import moment


@dataclass(frozen=True)
class Closing:
    """By when a call takes declarations; without a deadline as long as the call goes on."""

    due_at: datetime | None
    now: datetime

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
        if not self.is_past:
            return ""
        said = gettext(
            "The deadline was %(due)s; this arrived too late by %(late_by)s, by the clock of the database. The "
            "draft stays as it is, and nothing of it is lost."
        )
        return said % {"due": moment(self.due_at), "late_by": self.late_by}


def closing(call: Call, now: datetime | None = None) -> Closing:
    """Of a call, with its deadlines as they are in the database; `now` is when the request arrived."""
    fresh = Call.objects.prefetch_related("deadlines").get(pk=call.pk)
    deadline = governing_deadline(fresh, Deadline.Governs.DECLARATION)
    return Closing(deadline.due_at if deadline else None, now or clock.now())
