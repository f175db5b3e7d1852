"""Reminders of deadlines: which are due is one statement, so that it holds for a hundred thousand followers.

Nothing is planned ahead. Each minute the moments that have come are computed from the deadlines and the choices as they
are now; what the outbox has already is left out by its key. So a stopped clock, a second beat or a killed worker change
nothing: the next run does what is left to do.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_noop

from calls.chain.models import Call
from notifications.outbox import broadcast

KIND = "calls/deadline"
# Two beats happen; the number only has to differ from those of other periodic tasks.
_LOCK = 7_300_001

# Offsets in whole days mean nine in the morning, Brussels, so many days before the deadline's day there; smaller ones
# mean exactly that many hours, or nine in the morning of the day itself where only the day matters. Who follows a call
# and also all calls hears once, as chosen for that call.
# Of several moments that have passed, only the nearest to the deadline is told; none from before somebody joined, nor
# from before the date moved: the mail that told of the move said it all.
_DUE = """
WITH moments AS (
    SELECT deadline.id AS deadline, deadline.version, deadline.label, deadline.actor, deadline.due_at,
           deadline.has_time, call.id AS call, call.title,
           follower.id AS follower, follower.email, follower.language, follower.confirmed_at,
           hours.value::int AS hours,
           CASE WHEN hours.value::int %% 24 = 0
                THEN ((deadline.due_at AT TIME ZONE 'Europe/Brussels')::date - hours.value::int / 24 + TIME '09:00')
                     AT TIME ZONE 'Europe/Brussels'
                WHEN deadline.has_time OR deadline.governs <> ''
                THEN deadline.due_at - make_interval(hours => hours.value::int)
                ELSE least(
                    ((deadline.due_at AT TIME ZONE 'Europe/Brussels')::date + TIME '09:00')
                        AT TIME ZONE 'Europe/Brussels',
                    deadline.due_at - make_interval(hours => hours.value::int)
                )
           END AS moment
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
"""

_STILL_TRUE = """
SELECT FROM calls_deadline AS deadline, {FOLLOWERS} AS follower
WHERE deadline.id = (message.context ->> 'deadline')::bigint
  AND message.about = 'deadline:' || deadline.id || ':v' || deadline.version
  AND deadline.call_id = ANY(%(calls)s) AND follower.id = message.subscription_id
"""

# While the mail server is away the next moment may come: one mail says what is left, a second one nothing new.
_NEARNESS = "hours"
_STALE = gettext_noop("The date changed, the call is no longer public, or the receiver stopped.")

_OVERTAKEN = gettext_noop("A reminder nearer to the date goes instead.")


def run(*, now: datetime) -> int:
    """What the periodic task does: take back what is stale, queue what is due. Returns how many were queued."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        withdraw_stale()
        queued = queue_due(now=now)
        if queued:
            broadcast.withdraw_overtaken(KIND, nearness=_NEARNESS, reason=_OVERTAKEN)
        return queued


def queue_due(*, now: datetime) -> int:
    """Queue the reminders whose moment has come and whose deadline is still ahead."""
    return broadcast.queue_all(KIND, _DUE, {"now": now, "calls": _reminded_calls()}, nearness=_NEARNESS)


def withdraw_stale(only: Sequence[int] | None = None) -> int:
    """Take back reminders of dates that moved, of calls that are gone, to people who stopped; `only` these if given."""
    return broadcast.withdraw_unless(KIND, _STILL_TRUE, {"calls": _reminded_calls()}, reason=_STALE, only=only)


def _reminded_calls() -> list[int]:
    return list(Call.objects.public().filter(withdrawn_at__isnull=True).values_list("pk", flat=True))
