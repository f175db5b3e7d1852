"""What is odd about a date of a call: staff are warned, and may have their reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext

from hub import brussels
from hub.belgian_holidays import holiday
from hub.chain import end_of
from hub.models import Deadline
from hub.templatetags.portal import day

_SATURDAY = 5
# In which order the steps of a call come; those of kind "other" may stand anywhere.
_ORDER: dict[str, int] = {
    kind: position
    for position, kind in enumerate(
        [
            Deadline.Kind.OPENS,
            Deadline.Kind.INFO_MEETING,
            Deadline.Kind.DECLARE,
            Deadline.Kind.RECOMMENDATION,
            Deadline.Kind.SUBMIT,
            Deadline.Kind.RESULT,
        ]
    )
}


@dataclass(frozen=True)
class Step:
    """As much of a deadline as can be odd; its moment may be one that is only being considered."""

    label: str
    kind: str
    due_at: datetime
    has_time: bool = True


def step(deadline: Deadline) -> Step:
    """A deadline as it is."""
    return Step(str(deadline.label), deadline.kind, deadline.due_at, deadline.has_time)


def of_date(checked: Step) -> list[str]:
    """What is odd about one date by itself."""
    local = brussels.local(checked.due_at)
    facts = {"label": checked.label, "day": day(checked.due_at)}
    found = []
    name = holiday(local.date())
    if name:
        found.append(gettext("“%(label)s” falls on a public holiday, %(name)s: %(day)s.") % (facts | {"name": name}))
    elif local.weekday() >= _SATURDAY:
        found.append(gettext("“%(label)s” falls on a weekend: %(day)s.") % facts)
    if checked.has_time and brussels.is_near_clock_change(checked.due_at):
        found.append(gettext("“%(label)s” lies within an hour of a change of the clock: %(day)s.") % facts)
    return found


def of_past(checked: Step, *, now: datetime | None = None) -> list[str]:
    """That a date is gone by; worth a word when somebody types it, and no surprise later."""
    if end_of(checked.due_at, has_time=checked.has_time) > (now or timezone.now()):
        return []
    return [gettext("“%(label)s” is in the past: %(day)s.") % {"label": checked.label, "day": day(checked.due_at)}]


def of_order(steps: Iterable[Step]) -> list[str]:
    """Steps that come before one that they should follow."""
    ordered = sorted((each for each in steps if each.kind in _ORDER), key=lambda each: _ORDER[each.kind])
    return [
        gettext("“%(later)s” comes before “%(earlier)s”, which it usually follows.")
        % {"later": later.label, "earlier": earlier.label}
        for earlier, later in pairwise(ordered)
        if later.due_at < earlier.due_at and later.kind != earlier.kind
    ]


def of_chain(deadlines: Iterable[Deadline]) -> list[str]:
    """Everything that stays odd about a chain."""
    steps = [step(each) for each in deadlines]
    return of_order(steps) + [warning for each in steps for warning in of_date(each)]
