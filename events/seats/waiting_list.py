"""The waiting list of an event: who comes next when a seat is free.

A free seat and somebody who waits for one never stand side by side: whatever frees or adds a seat calls `move_up` under
the event's lock, and what the clock frees (seats that were reserved and never confirmed, offers that nobody took)
`move_up_everywhere` gives on within the minute. The order is that of joining; each way of attending has its line, and
who has a seat online may stand in that for the room. A party that comes together or not at all is passed as long as
there are too few seats for all of it. Staff choose whether a seat is given or offered; one that is offered is taken
until the offer ends. The list ends when the event starts, or with sign-up where that goes on for longer.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q
from django.db.models.functions import Greatest, Least, Now

from events.agenda.models import Event
from events.agenda.statements import Given, Statement
from events.agenda.ways import Way
from events.seats import emails
from events.seats.models import Registration

logger = logging.getLogger(__name__)

# Who lets an offer pass goes to the end of the list once; the second time they leave it, or keep the seat they have.
_LET_GO = """
UPDATE events_registration SET
    offered = '', offered_until = NULL, passes = passes + 1,
    waiting_since = CASE WHEN passes = 0 THEN statement_timestamp() ELSE waiting_since END,
    wish = CASE WHEN passes > 0 AND seat <> '' THEN seat ELSE wish END,
    status = CASE WHEN passes > 0 AND seat = '' THEN 'cancelled' ELSE status END,
    cancelled_at = CASE WHEN passes > 0 AND seat = '' THEN statement_timestamp() END
WHERE event_id = %(event)s AND offered_until <= statement_timestamp()
    AND EXISTS (SELECT FROM events_event WHERE id = %(event)s AND cancelled_at IS NULL)
RETURNING id
"""
# First the room: who leaves a seat online for it, or an offer of one, makes place there. Who still has to confirm their
# place is given a seat in their turn, but offered none: they would have two links to press. Each walk goes down a line,
# a party that comes together being one step, and takes whom the seats that are left suffice for.
_MOVE_UP = """
WITH RECURSIVE open_event AS MATERIALIZED (
    SELECT attendance, capacity, online_capacity, offer_hours,
        least(greatest(starts_at, coalesce(registration_closes_at, starts_at)), ends_at) AS list_ends_at
    FROM events_event
    WHERE id = %(event)s AND cancelled_at IS NULL
        AND least(greatest(starts_at, coalesce(registration_closes_at, starts_at)), ends_at) > statement_timestamp()
), held AS MATERIALIZED (
    SELECT id, wish, seat, offered, waiting_since, CASE WHEN is_together THEN party ELSE uuid END AS unit,
        reserved_until IS NULL OR (SELECT offer_hours IS NULL FROM open_event) AS may_be_next
    FROM events_registration
    WHERE event_id = %(event)s AND status <> 'cancelled'
        AND (reserved_until IS NULL OR reserved_until > statement_timestamp())
), room_line AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY min(waiting_since), min(id)) AS number, count(*) AS size, array_agg(id) AS ids
    FROM held WHERE wish IN ('room', 'either') AND seat <> 'room' AND offered <> 'room'
    GROUP BY unit HAVING bool_and(may_be_next)
), room_walk AS (
    SELECT 0::bigint AS number, ARRAY[]::bigint[] AS ids,
        coalesce(capacity, %(boundless)s) - (SELECT count(*) FROM held WHERE 'room' IN (seat, offered)) AS seats
    FROM open_event WHERE attendance <> 'online'
    UNION ALL
    SELECT line.number, CASE WHEN line.size <= walk.seats THEN line.ids END,
        walk.seats - CASE WHEN line.size <= walk.seats THEN line.size ELSE 0 END
    FROM room_walk AS walk JOIN room_line AS line ON line.number = walk.number + 1 WHERE walk.seats > 0
), to_room AS MATERIALIZED (
    SELECT unnest(ids) AS id FROM room_walk
), online_line AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY min(waiting_since), min(id)) AS number, count(*) AS size, array_agg(id) AS ids
    FROM held WHERE wish IN ('online', 'either') AND seat = '' AND offered = '' AND id NOT IN (SELECT id FROM to_room)
    GROUP BY unit HAVING bool_and(may_be_next)
), online_walk AS (
    SELECT 0::bigint AS number, ARRAY[]::bigint[] AS ids,
        coalesce(online_capacity, %(boundless)s) - (SELECT count(*) FROM held WHERE 'online' IN (seat, offered))
        + (SELECT count(*) FROM held JOIN to_room USING (id)
            WHERE offered = 'online' OR seat = 'online' AND offer_hours IS NULL) AS seats
    FROM open_event WHERE attendance <> 'room'
    UNION ALL
    SELECT line.number, CASE WHEN line.size <= walk.seats THEN line.ids END,
        walk.seats - CASE WHEN line.size <= walk.seats THEN line.size ELSE 0 END
    FROM online_walk AS walk JOIN online_line AS line ON line.number = walk.number + 1 WHERE walk.seats > 0
), next AS (
    SELECT id, 'room' AS way FROM to_room UNION ALL SELECT unnest(ids), 'online' FROM online_walk
), given AS (
    UPDATE events_registration AS registration
    SET status = 'confirmed', seat = next.way, moved_up_at = statement_timestamp(), offered = '', offered_until = NULL
    FROM next, open_event WHERE registration.id = next.id AND offer_hours IS NULL
    RETURNING registration.id
), offered AS (
    UPDATE events_registration AS registration
    SET offered = next.way,
        offered_until = least(statement_timestamp() + offer_hours * interval '1 hour', list_ends_at)
    FROM next, open_event WHERE registration.id = next.id AND offer_hours IS NOT NULL
    RETURNING registration.id
)
SELECT id, true FROM given UNION ALL SELECT id, false FROM offered
"""
_BOUNDLESS = 10**9
# Whoever could be in one of its lines, and offers that it would let go.
_IN_LINE = "status <> 'cancelled' AND (wish IN ('room', 'either') AND seat <> 'room' OR seat = '')"
_OFFER_ENDED = "offered_until <= statement_timestamp()"
# Whose way of attending is no longer offered gets a seat of the other kind; nobody is thrown out.
_TURN = """
UPDATE events_registration SET wish = %(way)s, seat = CASE WHEN seat = '' THEN '' ELSE %(way)s END,
    offered = '', offered_until = NULL
WHERE event_id = %(event)s AND status <> 'cancelled' AND (wish <> %(way)s OR seat NOT IN ('', %(way)s))
"""


def hold(event: Event) -> None:
    """Make others who sign up for this event wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM events_event WHERE id = %s FOR NO KEY UPDATE", [event.pk])


def move_up(event: Event) -> list[int]:
    """Give what is free to those who wait, in their order, each with a mail; returns the keys of who was told so.

    Where the event asks first, it offers seats instead, and lets go of offers that ended. Call it while the event's row
    is locked.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LET_GO, {"event": event.pk})
        passed = [key for (key,) in cursor.fetchall()]
        cursor.execute(_MOVE_UP, {"event": event.pk, "boundless": _BOUNDLESS})
        next_ones = dict(cursor.fetchall())
    if passed or next_ones:
        row = Event.objects.get(pk=event.pk)
        concerned = {each.pk: each for each in _of(row, {*passed, *next_ones})}
        # Who is next again, or was given a seat since, hears of that alone.
        emails.offer_passed(row, [concerned[key] for key in passed if key not in next_ones])
        emails.offered(row, [each for key, each in concerned.items() if next_ones.get(key) is False])
        emails.moved_up(row, [each for key, each in concerned.items() if next_ones.get(key)])
    return list(next_ones)


def settled(event: Event) -> Event:
    """The event with its standing, once what is free has gone to those who wait. Call it while its row is locked.

    Both read the clock and the seats after the wait for the lock. The walk down the lines, which grows with them, is
    left out where it would give nobody anything: no seat is free, or nobody waits, and no offer has ended.
    """
    (standing,) = _STANDING.rows(event=event.pk)
    has_seats = any(standing.left(way) != 0 for way in standing.ways)
    if standing.has_ended_offer or (standing.has_line and has_seats):
        move_up(standing)
        (standing,) = _STANDING.rows(event=event.pk)
    return standing


def standing_of(event: Event) -> Event | None:
    """The event with its standing as it is now; None where it is gone."""
    return next(iter(_STANDING.rows(event=event.pk)), None)


def _theirs(condition: str) -> Func:
    """Whether an event has a registration that meets this."""
    template = f"EXISTS (SELECT FROM events_registration WHERE event_id = %(expressions)s AND {condition})"
    return Func(F("pk"), template=template, output_field=BooleanField())


def _standings() -> Any:
    more = {"has_line": _theirs(_IN_LINE), "has_ended_offer": _theirs(_OFFER_ENDED)}
    return Event.objects.with_standing().annotate(**more).filter(pk=Given("event"))


_STANDING: Statement[Any] = Statement(_standings)


def take_back_offers(event: Event) -> None:
    """Let go of offers without counting them as passed: the event does not take place. Call it under the lock."""
    Registration.objects.filter(event=event).exclude(offered="").update(offered="", offered_until=None)


def hold_all(events: Iterable[Event]) -> None:
    """The same for several events, in one order for everybody: nobody waits in a circle."""
    keys = [event.pk for event in events]
    held = Event.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    list(held.values_list("pk", flat=True))


def _of(event: Event, keys: set[int]) -> list[Registration]:
    found = list(Registration.objects.filter(pk__in=keys).order_by("waiting_since", "pk"))
    for each in found:
        each.event = event
    return found


def move_up_everywhere() -> int:
    """Give on what the clock freed; safe to run twice and at once. Returns how many were given or offered a seat."""
    theirs = Registration.objects.filter(event=OuterRef("pk"))
    has_room = (Q(capacity=None) | Q(capacity__gt=F("room_taken"))) & Exists(theirs.in_line(Way.ROOM))
    has_online = (Q(online_capacity=None) | Q(online_capacity__gt=F("online_taken"))) & Exists(
        theirs.in_line(Way.ONLINE)
    )
    let_pass = Q(Exists(theirs.filter(offered_until__lte=Now())))
    coming = Event.objects.upcoming().with_standing().filter(cancelled_at=None)
    number = 0
    for event in coming.filter(has_room | has_online | let_pass).order_by("starts_at", "pk"):
        number += len(_alone(event, move_up))
    return number


def end_lists() -> int:
    """Tell those who waited to the end that no seat came; safe to run twice and at once. Returns how many."""
    number = 0
    for event in _ended().order_by("starts_at", "pk"):
        number += len(_alone(event, _end))
    return number


def _with_end() -> Any:
    """Events with the end of their list, by the database's clock."""
    # PostgreSQL passes over what is empty.
    return Event.objects.annotate(list_ends=Least(Greatest("starts_at", "registration_closes_at"), "ends_at"))


def _ended() -> Any:
    in_line = Exists(Registration.objects.filter(event=OuterRef("pk")).in_line())
    # What ended long ago is no news.
    recent = _with_end().filter(ends_at__gt=Now() - timedelta(days=1))
    return recent.filter(in_line, list_ends__lte=Now(), cancelled_at=None, list_ended_at=None)


def _end(event: Event) -> list[int]:
    row = _ended().filter(pk=event.pk).first()
    if row is None:
        return []
    move_up(row)  # lets go of offers
    waited = _of(row, set(Registration.objects.filter(event=row).in_line().values_list("pk", flat=True)))
    emails.list_ended(row, waited)
    Event.objects.filter(pk=row.pk).update(list_ended_at=Now())
    return [each.pk for each in waited]


def _alone(event: Event, act: Any) -> list[int]:
    """One event's trouble is no other's."""
    try:
        with transaction.atomic():
            hold(event)
            done: list[int] = act(event)
            return done
    except Exception:
        logger.exception("The waiting list of event %s did not move", event.pk)
        return []


def on_event_saved(instance: Event, *, created: bool, raw: bool, **_signal: Any) -> None:
    """An event that was saved may have more seats, other ones, or take place after all."""
    if created or raw:
        return
    with transaction.atomic(savepoint=False):
        hold(instance)
        if not instance.is_hybrid:
            with connection.cursor() as cursor:
                cursor.execute(_TURN, {"event": instance.pk, "way": instance.ways[0]})
        if instance.list_ended_at:
            # The list goes on where the event begins later than thought.
            _with_end().filter(pk=instance.pk, list_ended_at__lt=F("list_ends")).update(list_ended_at=None)
        move_up(instance)
