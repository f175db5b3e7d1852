"""The chain of a call as a reader sees it: what is done, what comes next, how long that still is.

Everything here is derived from the deadlines and the clock; nobody types a state.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from calls.chain.changes import DeadlineChange
from calls.chain.models import Call, Deadline
from hub.dates.brussels import local
from hub.dates.time_left import end_of, time_left

CLOSING_SOON = timedelta(days=14)

STATE_LABELS: dict[str, Promise] = {
    "announced": _("announced"),
    "open": _("open"),
    "closing_soon": _("closing soon"),
    "closed": _("closed"),
    "withdrawn": _("withdrawn"),
}


PAST = {"closed", "withdrawn"}


@dataclass(frozen=True)
class CallState:
    """Where a call stands; `code` for filters and styles, `label` for people."""

    code: str

    @property
    def label(self) -> str:
        return str(STATE_LABELS[self.code])

    @property
    def is_open(self) -> bool:
        """Whether anything can still be handed in."""
        return self.code in {"open", "closing_soon"}


@dataclass(frozen=True)
class Step:
    """One link of the chain, ready to be shown."""

    pk: int
    label: str
    actor: str
    actor_label: str
    kind: str
    governs: str
    due_at: datetime
    has_time: bool
    state: str
    days_left: int
    left: str
    calendar_url: str
    moved_from: datetime | None = None
    moved_from_has_time: bool = True
    moved_reason: str = ""
    url: str = ""
    url_label: str = ""


@dataclass(frozen=True)
class Chain:
    """All links in order of time, and the moment they were looked at."""

    steps: list[Step]
    now: datetime

    @property
    def next_step(self) -> Step | None:
        """What comes next, if anything does."""
        return next((step for step in self.steps if step.state == "next"), None)


def chain(call: Call, now: datetime | None = None, *, changes: Iterable[DeadlineChange] = ()) -> Chain:
    """The chain of a call; prefetch `deadlines` when there are several calls.

    With `changes`, the newest first, a date that moved shows the one before it and why.
    """
    now = now or timezone.now()
    deadlines = in_order(call)
    following = next((deadline for deadline in deadlines if ends_at(deadline) > now), None)
    last: dict[int, DeadlineChange] = {}
    for change in changes:
        last.setdefault(change.deadline_id, change)
    steps = [_step(deadline, following, now, last.get(deadline.pk)) for deadline in deadlines]
    if call.withdrawn_at:  # nothing is left of it, and nothing comes next
        steps = [
            replace(step, left="", calendar_url="", state="later" if step.state == "next" else step.state)
            for step in steps
        ]
    return Chain(steps, now)


def in_order(call: Call) -> list[Deadline]:
    """The deadlines of a call by time, whatever order they were entered in."""
    return sorted(call.deadlines.all(), key=lambda deadline: (deadline.due_at, deadline.sort_order or 0))


def ends_at(deadline: Deadline) -> datetime:
    """When a deadline is over: at its hour, or with its day in Brussels when the hour does not matter."""
    return end_of(deadline.due_at, has_time=deadline.has_time or bool(deadline.governs))


def call_state(call: Call, now: datetime | None = None) -> CallState:
    """Announced, open, closing soon, closed or withdrawn: what the chain and the clock say."""
    now = now or timezone.now()
    if call.withdrawn_at:
        return CallState("withdrawn")
    deadlines = in_order(call)
    opening = [each.due_at for each in deadlines if each.kind == Deadline.Kind.OPENS]
    if not deadlines or any(moment > now for moment in opening):
        return CallState("announced")
    closing = [each for each in deadlines if each.governs] or deadlines
    ahead = [ends_at(each) for each in closing if ends_at(each) > now]
    if not ahead:
        return CallState("closed")
    return CallState("closing_soon" if min(ahead) - now <= CLOSING_SOON else "open")


def _step(deadline: Deadline, following: Deadline | None, now: datetime, change: DeadlineChange | None = None) -> Step:
    state = "done" if ends_at(deadline) <= now else "next" if deadline is following else "later"
    days = (local(deadline.due_at).date() - local(now).date()).days
    return Step(
        pk=deadline.pk,
        label=str(deadline.label),
        actor=deadline.actor,
        actor_label=capfirst(deadline.get_actor_display()),
        kind=deadline.kind,
        governs=deadline.governs,
        due_at=deadline.due_at,
        has_time=deadline.has_time,
        state=state,
        days_left=max(days, 0),
        left="" if state == "done" else time_left(deadline.due_at, now, has_time=deadline.has_time),
        calendar_url=_calendar_url(deadline),
        moved_from=change.old_due_at if change else None,
        moved_from_has_time=change is None or change.old_has_time,
        moved_reason=str(change.reason) if change else "",
    )


def _calendar_url(deadline: Deadline) -> str:
    if not deadline.pk:  # the preview of a chain that is not saved yet
        return ""
    return reverse("calls:deadline_calendar", args=[deadline.call_id, deadline.pk])


def governing_deadline(call: Call, governed: str) -> Deadline | None:
    """What closes this: the deadline that says so, for interest else the one by which partnerships are declared.

    Interest is for a partnership: without a deadline of its own it ends with declaring one.
    """
    by_governed = {each.governs: each for each in call.deadlines.all()}
    instead = Deadline.Governs.DECLARATION if governed == Deadline.Governs.INTEREST else governed
    return by_governed.get(governed) or by_governed.get(instead)


def accepts(call: Call, governed: str, now: datetime | None = None) -> bool:
    """Whether the portal still takes what a deadline governs, for example `interest`; for showing a button only.

    The deciding answer is given by the database's clock inside the transaction that takes it.
    """
    now = now or timezone.now()
    closing = governing_deadline(call, governed)
    return call_state(call, now).is_open and not (closing and closing.due_at <= now)
