"""Reminders of deadlines: which are due is one statement, so that it holds for a hundred thousand followers.

Nothing is planned ahead. Each minute the moments that have come are computed from the deadlines and the choices as they
are now; what the outbox has already is left out by its key. So a stopped clock, a second beat or a killed worker change
nothing: the next run does what is left to do.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_noop

from hub.models import Call
from notifications import outbox

KIND = "hub/deadline"
# Two beats happen; the number only has to differ from those of other periodic tasks.
_LOCK = 7_300_001

# Offsets in whole days mean nine in the morning, Brussels, so many days before the deadline's day there; smaller ones
# mean exactly that many hours, or nine in the morning of the day itself where only the day matters. Who follows a call
# and also all calls hears once, as chosen for that call.
# Of several moments that have passed, only the nearest to the deadline is told; none from before somebody joined, nor
# from before the date moved: the mail that told of the move said it all.
_QUEUE = """
WITH moments AS (
    SELECT deadline.id AS deadline, deadline.version, deadline.label, deadline.actor, deadline.due_at,
           deadline.has_time, call.id AS call, call.title,
           subscription.id AS subscription, subscription.email, subscription.language, subscription.confirmed_at,
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
    FROM hub_deadline AS deadline
    JOIN hub_call AS call ON call.id = deadline.call_id
    JOIN notifications_subscription AS subscription
        ON subscription.status = 'active' AND subscription.topic IN ('calls', 'call:' || call.id)
    CROSS JOIN LATERAL jsonb_array_elements_text(subscription.offsets) AS hours(value)
    WHERE deadline.due_at > %(now)s AND call.id = ANY(%(calls)s)
      AND NOT (subscription.topic = 'calls' AND EXISTS (
          SELECT FROM notifications_subscription AS own
          WHERE own.status = 'active' AND own.topic = 'call:' || call.id
            AND lower(own.email) = lower(subscription.email)
      ))
), due AS (
    SELECT DISTINCT ON (deadline, subscription) *, 'deadline:' || deadline || ':v' || version AS about
    FROM moments
    WHERE moment <= %(now)s
    ORDER BY deadline, subscription, moment DESC
)
INSERT INTO notifications_message (
    uuid, kind, to_email, language, context, attachments, subscription_id, about, dedupe_key, status,
    due_at, expires_at, attempts, error, subject
)
SELECT gen_random_uuid(), %(kind)s, email, language,
       jsonb_build_object(
           'deadline', deadline, 'label', label, 'actor', actor, 'due_at', due_at, 'has_time', has_time,
           'call', call, 'call_title', title, 'hours', hours
       ),
       '[]', subscription, about, about || ':' || hours || ':' || subscription, 'queued', moment, due_at, 0, '', ''
FROM due
WHERE moment >= confirmed_at
  AND NOT EXISTS (
      SELECT FROM hub_deadlinechange AS move WHERE move.deadline_id = due.deadline AND move.moved_at > moment
  )
  AND NOT EXISTS (
      SELECT FROM notifications_message AS earlier
      WHERE earlier.about = due.about AND earlier.to_email = due.email AND earlier.status <> 'withdrawn'
        AND (earlier.context ->> 'hours')::int <= due.hours
  )
ON CONFLICT (dedupe_key) DO NOTHING
"""

# The key is set free: should the call be public again in time, the same reminder may still go.
_WITHDRAW = """
UPDATE notifications_message AS message
SET status = 'withdrawn', error = %(reason)s, leased_until = NULL,
    dedupe_key = dedupe_key || ':withdrawn:' || message.id
WHERE kind = %(kind)s AND status IN ('queued', 'sending') AND (%(only)s::bigint[] IS NULL OR id = ANY(%(only)s))
  AND NOT EXISTS (
      SELECT FROM hub_deadline AS deadline, notifications_subscription AS subscription
      WHERE deadline.id = (message.context ->> 'deadline')::bigint
        AND message.about = 'deadline:' || deadline.id || ':v' || deadline.version
        AND deadline.call_id = ANY(%(calls)s)
        AND subscription.id = message.subscription_id AND subscription.status = 'active'
  )
"""

# While the mail server is away the next moment may come: one mail says what is left, a second one nothing new.
_OVERTAKE = """
UPDATE notifications_message AS message
SET status = 'withdrawn', error = %(reason)s, leased_until = NULL
FROM notifications_message AS nearer
WHERE message.kind = %(kind)s AND message.status IN ('queued', 'sending')
  AND nearer.kind = %(kind)s AND nearer.status = 'queued'
  AND nearer.subscription_id = message.subscription_id AND nearer.about = message.about
  AND (nearer.context ->> 'hours')::int < (message.context ->> 'hours')::int
"""

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
            _withdraw_overtaken()
        return queued


def queue_due(*, now: datetime) -> int:
    """Queue the reminders whose moment has come and whose deadline is still ahead."""
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE, {"now": now, "calls": _reminded_calls(), "kind": KIND})
        queued = cursor.rowcount
    outbox.queued_many(queued)
    return queued


def withdraw_stale(only: Sequence[int] | None = None) -> int:
    """Take back reminders of dates that moved, of calls that are gone, to people who stopped; `only` these if given."""
    keys = None if only is None else list(only)
    with connection.cursor() as cursor:
        cursor.execute(_WITHDRAW, {"only": keys, "calls": _reminded_calls(), "kind": KIND, "reason": _STALE})
        return cursor.rowcount


def _withdraw_overtaken() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_OVERTAKE, {"kind": KIND, "reason": _OVERTAKEN})


def _reminded_calls() -> list[int]:
    return list(Call.objects.public().filter(withdrawn_at__isnull=True).values_list("pk", flat=True))
