"""Reminders of deadlines, to those who follow their calls, by the engine of `notifications.outbox.reminding`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from calls.chain.models import Call
from notifications.outbox import reminding

KIND = "calls/deadline"
# The number only has to differ from those of other periodic tasks.
_LOCK = 7_300_001

# Hours before a mere day mean nothing, unless it closes something. Who follows a call and also all calls hears once, as
# chosen for that call.
# Of several moments that have passed, only the nearest to the deadline is told; none from before somebody joined, nor
# from before the date moved: the mail that told of the move said it all.
_DUE = """
WITH moments AS (
    SELECT deadline.id AS deadline, deadline.version, deadline.label, deadline.actor, deadline.due_at,
           deadline.has_time, call.id AS call, call.title,
           follower.id AS follower, follower.email, follower.language, follower.confirmed_at,
           hours.value::int AS hours,
           {MOMENT} AS moment
    FROM calls_deadline AS deadline
    JOIN calls_call AS call ON call.id = deadline.call_id
    JOIN {FOLLOWERS} AS follower ON follower.topic IN ('calls', 'call:' || call.id)
    CROSS JOIN LATERAL jsonb_array_elements_text(follower.offsets) AS hours(value)
    WHERE deadline.due_at > %(now)s AND call.id = ANY(%(calls)s)
      AND NOT (follower.topic = 'calls' AND EXISTS (
          SELECT FROM {FOLLOWERS} AS own
          WHERE own.topic = 'call:' || call.id AND lower(own.email) = lower(follower.email)
      ))
), due AS (
    SELECT DISTINCT ON (deadline, follower) *, 'deadline:' || deadline || ':v' || version AS about
    FROM moments
    WHERE moment <= %(now)s
    ORDER BY deadline, follower, moment DESC
)
SELECT email, language, follower AS subscription, about, about || ':' || hours || ':' || follower AS dedupe_key,
       moment AS due_at, due_at AS expires_at,
       jsonb_build_object(
           'deadline', deadline, 'label', label, 'actor', actor, 'due_at', due_at, 'has_time', has_time,
           'call', call, 'call_title', title, 'hours', hours
       ) AS context
FROM due
WHERE moment >= confirmed_at
  AND NOT EXISTS (
      SELECT FROM calls_deadlinechange AS move WHERE move.deadline_id = due.deadline AND move.moved_at > moment
  )
""".replace(
    "{MOMENT}",
    reminding.moment(
        at="deadline.due_at", hours="hours.value::int", exact="deadline.has_time OR deadline.governs <> ''"
    ),
)

_STILL_TRUE = """
SELECT FROM calls_deadline AS deadline, {FOLLOWERS} AS follower
WHERE deadline.id = (message.context ->> 'deadline')::bigint
  AND message.about = 'deadline:' || deadline.id || ':v' || deadline.version
  AND deadline.call_id = ANY(%(calls)s) AND follower.id = message.subscription_id
"""

_STALE = gettext_noop("The date changed, the call is no longer public, or the receiver stopped.")


def _reminded_calls() -> Mapping[str, Any]:
    return {"calls": list(Call.objects.public().filter(withdrawn_at__isnull=True).values_list("pk", flat=True))}


_REMINDERS = reminding.Reminders(
    KIND, lock=_LOCK, due=_DUE, still_true=_STILL_TRUE, stale=_STALE, facts=_reminded_calls
)


def run(*, now: datetime) -> int:
    """What the periodic task does: take back what is stale, queue what is due. Returns how many were queued."""
    return _REMINDERS.run(now=now)


def queue_due(*, now: datetime) -> int:
    """Queue the reminders whose moment has come and whose deadline is still ahead."""
    return _REMINDERS.queue_due(now=now)


def withdraw_stale(only: Sequence[int] | None = None) -> int:
    """Take back reminders of dates that moved, of calls that are gone, to people who stopped; `only` these if given."""
    return _REMINDERS.withdraw_stale(only)
