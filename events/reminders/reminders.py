"""Reminders of events, to everybody who has a seat, by the engine of `notifications.outbox.reminding`."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_noop

from notifications.outbox import reminding

KIND = "events/reminder"
# The number only has to differ from those of other periodic tasks.
_LOCK = 7_300_041

# Colleagues who share a mailbox have a seat each, and each gets the mail with the link to their own. A seat that waits
# for a click has none yet.
# Of several moments that have passed, only the nearest to the event is told; none from before somebody got their seat,
# nor from before the event changed: the mail about the seat or the change said it all.
_DUE = """
WITH moments AS (
    SELECT event.id AS event, event.starts_at, registration.id AS seat, registration.uuid, registration.email,
           registration.language, coalesce(registration.moved_up_at, registration.created_at) AS seated_at,
           'event:' || event.id || ':v' || event.sequence || ':reminder:' || registration.uuid AS about,
           hours.value::int AS hours,
           {MOMENT} AS moment
    FROM events_event AS event
    CROSS JOIN LATERAL jsonb_array_elements_text(event.reminder_hours) AS hours(value)
    JOIN events_registration AS registration ON registration.event_id = event.id
    WHERE event.starts_at > %(now)s AND event.cancelled_at IS NULL
      AND registration.status = 'confirmed' AND registration.reserved_until IS NULL
), due AS (
    SELECT DISTINCT ON (seat) * FROM moments WHERE moment <= %(now)s ORDER BY seat, moment DESC
)
SELECT email, language, NULL::bigint AS subscription, about, about || ':' || hours AS dedupe_key,
       moment AS due_at, starts_at AS expires_at,
       jsonb_build_object('event', event, 'seat', uuid, 'starts_at', starts_at, 'hours', hours) AS context
FROM due
WHERE moment >= seated_at
  AND NOT EXISTS (
      SELECT FROM events_eventchange AS change WHERE change.event_id = due.event AND change.made_at > moment
  )
""".replace("{MOMENT}", reminding.moment(at="event.starts_at", hours="hours.value::int", exact="event.has_time"))

_STILL_TRUE = """
SELECT FROM events_event AS event
JOIN events_registration AS registration ON registration.event_id = event.id
WHERE event.id = (message.context ->> 'event')::bigint AND event.cancelled_at IS NULL
  AND registration.uuid = (message.context ->> 'seat')::uuid
  AND registration.status = 'confirmed' AND registration.reserved_until IS NULL
  AND message.about = 'event:' || event.id || ':v' || event.sequence || ':reminder:' || registration.uuid
  AND event.reminder_hours @> (message.context -> 'hours')
"""

_STALE = gettext_noop("The event changed, or the seat was given back.")

_REMINDERS = reminding.Reminders(KIND, lock=_LOCK, due=_DUE, still_true=_STILL_TRUE, stale=_STALE)


def run(*, now: datetime) -> int:
    """What the periodic task does: take back what is stale, queue what is due. Returns how many were queued."""
    return _REMINDERS.run(now=now)


def withdraw_stale(only: Sequence[int] | None = None) -> int:
    """Take back reminders of events that changed, to people who gave their seat back; `only` these if given."""
    return _REMINDERS.withdraw_stale(only)
