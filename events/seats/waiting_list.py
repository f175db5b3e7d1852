"""The waiting list of an event: who comes next when a seat is free.

A free seat and somebody who waits for one never stand side by side: whatever frees or adds a seat calls `move_up` under
the event's lock, and what the clock frees (seats that were reserved and never confirmed) `move_up_everywhere` gives on
within the minute. The order is that of joining. The list ends when the event starts, or with sign-up where that goes on
for longer.
"""

import logging
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from events.agenda.models import Event
from events.seats import emails
from events.seats.models import Registration

logger = logging.getLogger(__name__)

_MOVE_UP = """
WITH open_event AS MATERIALIZED (
    SELECT capacity FROM events_event
    WHERE id = %(event)s AND cancelled_at IS NULL
        AND least(greatest(starts_at, coalesce(registration_closes_at, starts_at)), ends_at) > statement_timestamp()
), taken AS (
    SELECT count(*) AS seats FROM events_registration
    WHERE event_id = %(event)s AND status = 'confirmed'
        AND (reserved_until IS NULL OR reserved_until > statement_timestamp())
), next AS (
    SELECT id FROM events_registration
    WHERE event_id = %(event)s AND status = 'waiting'
        AND (reserved_until IS NULL OR reserved_until > statement_timestamp())
    ORDER BY waiting_since, id
    LIMIT (SELECT CASE WHEN capacity IS NOT NULL THEN greatest(capacity - seats, 0) END FROM open_event, taken)
)
UPDATE events_registration AS registration SET status = 'confirmed', moved_up_at = statement_timestamp()
FROM next, open_event WHERE registration.id = next.id
RETURNING registration.id
"""


def hold(event: Event) -> None:
    """Make others who sign up for this event wait until this transaction ends."""
    Event.objects.select_for_update(no_key=True).only("pk").get(pk=event.pk)


def move_up(event: Event) -> list[int]:
    """Give what is free to those who wait, in their order, each with a mail; returns the keys of their registrations.

    Call it while the event's row is locked.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_UP, {"event": event.pk})
        keys = [key for (key,) in cursor.fetchall()]
    if keys:
        got_in = Registration.objects.filter(pk__in=keys).select_related("event").order_by("waiting_since", "pk")
        emails.moved_up(Event.objects.get(pk=event.pk), list(got_in))
    return keys


def move_up_everywhere() -> int:
    """Give on what the clock freed; safe to run twice and at once. Returns how many got a seat."""
    waited_for = Event.objects.upcoming().with_standing().with_waiting().filter(cancelled_at=None, waiting__gt=0)
    has_room = Q(capacity=None) | Q(capacity__gt=F("seats_taken"))
    number = 0
    for event in waited_for.filter(has_room).order_by("starts_at", "pk"):
        try:
            with transaction.atomic():
                hold(event)
                number += len(move_up(event))
        except Exception:
            # One event's trouble is no other's.
            logger.exception("Nobody moved up for event %s", event.pk)
    return number


def on_event_saved(instance: Event, *, created: bool, raw: bool, **_signal: Any) -> None:
    """An event that was saved may have more seats, or take place after all."""
    if created or raw:
        return
    with transaction.atomic(savepoint=False):
        hold(instance)
        move_up(instance)
