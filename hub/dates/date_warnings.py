"""What is odd about a date: staff are warned, and may have their reasons."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from hub.dates import brussels
from hub.dates.belgian_holidays import holiday
from hub.dates.time_left import end_of
from hub.dates.words import day

_SATURDAY = 5


@dataclass(frozen=True)
class Step:
    """As much of a date with its name as can be odd; its moment may be one that is only being considered."""

    label: str
    kind: str
    due_at: datetime
    has_time: bool = True


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
