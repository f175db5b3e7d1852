"""What will be sent about the dates of a call, and when: what staff see before it happens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from i18nfield.strings import LazyI18nString

from calls.chain.models import Call, Deadline
from calls.chain.standing import in_order
from hub.dates import brussels
from notifications.outbox import broadcast, statistics
from notifications.outbox.statistics import Figures
from notifications.subscriptions import offsets

# The same choice of receivers as for the reminders themselves: who follows a call and all calls counts once.
_RECEIVERS = """
SELECT asked.call, hours.value::int, count(*)
FROM unnest(%(calls)s::bigint[]) AS asked(call)
CROSS JOIN {FOLLOWERS} AS follower
CROSS JOIN LATERAL jsonb_array_elements_text(follower.offsets) AS hours(value)
WHERE follower.topic IN ('calls', 'call:' || asked.call)
  AND NOT (follower.topic = 'calls' AND EXISTS (
      SELECT FROM {FOLLOWERS} AS own
      WHERE own.topic = 'call:' || asked.call AND lower(own.email) = lower(follower.email)
  ))
GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Sending:
    """One offset of one deadline."""

    hours: int
    label: str
    moment: datetime
    receivers: int
    is_past: bool


@dataclass(frozen=True)
class Plan:
    """One deadline with its coming reminders and what became of those that were due."""

    deadline: Deadline
    is_past: bool
    sendings: list[Sending]
    figures: Figures


def moment(deadline: Deadline, hours: int) -> datetime:
    """When a reminder leaves: at nine in Brussels so many days before, or that many hours before.

    Hours before a mere day mean nothing: then it leaves at nine on that day, unless that is later.
    """
    day = brussels.local(deadline.due_at).date() - timedelta(days=hours // 24)
    nine = datetime.combine(day, time(9), brussels.BRUSSELS)
    if hours % 24 == 0:
        return nine
    before = deadline.due_at - timedelta(hours=hours)
    return before if deadline.has_time or deadline.governs else min(nine, before)


def receivers(calls: Iterable[int]) -> dict[int, dict[int, int]]:
    """By call, how many people chose each offset, as of now; in one query."""
    chosen: dict[int, dict[int, int]] = {call: {} for call in calls}
    if chosen:
        for call, hours, number in broadcast.rows(_RECEIVERS, {"calls": list(chosen)}):
            chosen[call][hours] = number
    return chosen


def still_to_send(deadlines: Sequence[Deadline]) -> dict[int, int]:
    """By deadline of a public call, how many reminders of it leave from now on, if nobody comes or goes."""
    now = timezone.now()
    chosen = receivers(each.call_id for each in deadlines)
    return {
        each.pk: sum(number for hours, number in chosen[each.call_id].items() if moment(each, hours) > now)
        for each in deadlines
    }


def plans(call: Call) -> list[Plan]:
    """Every deadline of the call, in order of time."""
    now = timezone.now()
    chosen = receivers([call.pk])[call.pk]
    deadlines = in_order(call)
    found = statistics.figures(f"deadline:{deadline.pk}" for deadline in deadlines)
    return [
        Plan(
            deadline=deadline,
            is_past=deadline.due_at <= now,
            sendings=[_sending(deadline, hours, chosen.get(hours, 0), now) for hours in offsets.OFFERED],
            figures=found[f"deadline:{deadline.pk}"],
        )
        for deadline in deadlines
    ]


def _sending(deadline: Deadline, hours: int, number: int, now: datetime) -> Sending:
    leaves = moment(deadline, hours)
    return Sending(hours, offsets.label(hours), leaves, number, leaves <= now)


def facts(deadline: Deadline, hours: int) -> dict[str, Any]:
    """What a reminder says, as plain data; the same that the reminders' own statement writes."""
    call = deadline.call
    return {
        "deadline": deadline.pk,
        "label": _words(deadline.label),
        "actor": deadline.actor,
        "due_at": deadline.due_at.isoformat(),
        "has_time": deadline.has_time,
        "call": call.pk,
        "call_title": _words(call.title),
        "hours": hours,
    }


def _words(words: Any) -> Any:
    return words.data if isinstance(words, LazyI18nString) else words
