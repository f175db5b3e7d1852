"""What somebody does with a seat or a place that is theirs: confirm, accept, change, hand over, give back.

Each holder of the link in the mail is taken for its owner.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from accounts.users import addresses
from accounts.users.models import User
from events.agenda.models import Event
from events.agenda.ways import Way
from events.questions import answering
from events.seats import emails, persons, waiting_list
from events.seats.models import Registration, Wish
from events.seats.registration import EventCancelledError, EventClosedError, EventFullError

NO_OFFER: dict[str, Any] = {"offered": "", "offered_until": None}
# What another way of attending changes.
_TURNED = ("wish", "seat", "party", "is_together", *NO_OFFER, "waiting_since", "passes")


class NoOfferError(Exception):
    """The offer has ended, or there was none."""


@transaction.atomic
def confirm(registration: Registration) -> None:
    """The link in the mail was pressed: the seat or the place is theirs for good; a second time changes nothing.

    Who comes after the seat was kept for them gets one while there are any, and who waits the last place on the list.
    Raises EventFullError or EventClosedError.
    """
    waiting_list.hold(registration.event)
    own = Registration.objects.filter(pk=registration.pk, uuid=registration.uuid).exclude(status="cancelled")
    asked = own.filter(reserved_until__isnull=False)
    late = asked.lapsed().first()
    if late:
        # What was kept for them, or offered to them, has gone to who waited.
        asked.update(**NO_OFFER)
        waiting_list.move_up(registration.event)
    standing = _standing(registration)
    if late and standing.is_closed:
        raise EventClosedError
    if late and late.is_waiting:
        asked.update(waiting_since=Now())
    elif late and standing.left(Way(late.seat)) == 0:
        raise EventFullError
    if asked.update(line="", reserved_until=None):
        is_told = registration.pk in waiting_list.move_up(registration.event)
        registration.refresh_from_db()
        if not is_told and registration.status != Registration.Status.CANCELLED:
            emails.registered(registration, is_proved=True)


def accept(registration: Registration) -> None:
    """Take the seat that is offered, with the rest of a party that comes together; a second time changes nothing.

    Raises NoOfferError when the offer has ended, EventClosedError when the event is cancelled or over.
    """
    with transaction.atomic():
        is_theirs = _accept(registration)
    # Raised only now: that the offer has ended, and the seat goes to the next, stands.
    if not is_theirs:
        raise NoOfferError


def _accept(registration: Registration) -> bool:
    waiting_list.hold(registration.event)
    waiting_list.move_up(registration.event)
    standing = _standing(registration)
    own = Registration.objects.concerned().filter(event=standing, uuid=registration.uuid)
    offer = own.filter(offered_until__gt=Now()).first()
    if offer is None:
        row = own.first()
        has_it = row is not None and bool(row.seat) and row.seat == (registration.offered or row.seat)
        return has_it and row is not None and not row.waits_for
    party = Registration.objects.concerned().filter(event=standing, party=offer.party, offered_until__gt=Now())
    takers = party if offer.is_together else own
    keys = list(takers.values_list("pk", flat=True))
    moved = {"seat": offer.offered, "status": Registration.Status.CONFIRMED, "moved_up_at": Now()}
    Registration.objects.filter(pk__in=keys).update(**moved, **NO_OFFER)
    emails.moved_up(standing, list(Registration.objects.filter(pk__in=keys).select_related("event").order_by("pk")))
    waiting_list.move_up(standing)
    registration.refresh_from_db()
    return True


@transaction.atomic
def change(
    registration: Registration, *, wish: str, answers: Mapping[int, list[str]] | None = None, **said: str
) -> None:
    """Other answers, or another way of attending; a mail confirms it. `answers` are those to the event's own questions.

    Who waits keeps the place in line whatever they wait for. Who has a seat online and would rather come to the room
    keeps it until there is one. A way of one's own leaves a party that comes together. Raises EventFullError when there
    is no seat online for somebody who has one in the room, EventClosedError when the event is cancelled or over.
    """
    waiting_list.hold(registration.event)
    waiting_list.move_up(registration.event)
    standing = _standing(registration)
    own = Registration.objects.concerned().select_related("event")
    row = own.filter(pk=registration.pk, uuid=registration.uuid).first()
    if row is None:
        raise EventClosedError
    wish = Wish(wish) if wish and set(Wish(wish).ways) <= set(standing.ways) else Wish(row.wish)
    changed = [name for name, value in said.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, said[name])
    if wish != row.wish:
        _turn(row, wish, standing)
        changed.append("wish")
    if answering.keep(row.pk, answers or {}):
        changed.append("answers")
    if changed:
        row.save(update_fields=[*said, *_TURNED])  # not when they came, which the door notes meanwhile
        row.refresh_from_db()
        if row.pk not in waiting_list.move_up(standing):
            emails.registered(row, is_changed=True, is_proved=True)
    registration.refresh_from_db()


def _turn(row: Registration, wish: Wish, standing: Event) -> None:
    """Another way of attending, with the seat that goes with it where one is free."""
    waited = bool(row.waits_for)
    row.party, row.is_together = None, False
    row.offered, row.offered_until = "", None
    if not row.seat or row.seat == wish.ways[0]:
        row.wish = wish
    elif row.seat == Way.ROOM and wish == Wish.ONLINE:
        if standing.left(Way.ONLINE) == 0:
            raise EventFullError
        row.wish, row.seat = wish, Way.ONLINE
    elif wish != Wish.ONLINE and standing.left(Way.ROOM) != 0:
        row.wish, row.seat = wish, Way.ROOM
    else:
        row.wish = Wish.EITHER if wish == Wish.ROOM else wish
    if row.waits_for and not waited:
        row.waiting_since, row.passes = Now(), 0


@transaction.atomic
def hand_over(registration: Registration, *, name: str, email: str) -> bool:
    """Let a colleague have the seat; both hear by mail. False when there is no seat to hand over (any more).

    Where the colleague has one already, or has the place that is handed over in line, theirs stays and the other is
    free; the answer is the same. Raises EventClosedError when the event is cancelled or over.
    """
    waiting_list.hold(registration.event)
    standing = _standing(registration)
    row = Registration.objects.confirmed().filter(pk=registration.pk, uuid=registration.uuid).first()
    address = User.normalise_email(email)
    if row is None or (row.email.lower() == address.lower() and persons.fold(row.name) == persons.fold(name)):
        return False
    seat, wish, since = row.seat, row.wish, row.waiting_since if row.waits_for else None
    Registration.objects.filter(pk=row.pk).update(
        status=Registration.Status.CANCELLED, seat="", cancelled_at=Now(), reserved_until=None, **NO_OFFER
    )
    at_address = Registration.objects.filter(addresses.at("email", address), event=standing)
    known = at_address.filter(person=persons.folded(name)).first()
    if known is None or not Registration.objects.confirmed().filter(pk=known.pk).exists():
        heir = known or Registration(event=standing, email=address, name=name)
        heir.uuid = uuid.uuid4()
        heir.seat, heir.wish, heir.waiting_since, heir.status = seat, wish, since, Registration.Status.CONFIRMED
        heir.language, heir.consent_wording = row.language, row.consent_wording
        heir.organisation_name = heir.organisation_name or row.organisation_name
        heir.party, heir.is_together, heir.cancelled_at, heir.reserved_until = None, False, None, None
        heir.offered, heir.offered_until, heir.passes, heir.came_at = "", None, 0, None
        # Reminders whose moment has passed are not for them.
        heir.created_at, heir.moved_up_at = Now(), None
        heir.save()
        heir.refresh_from_db()
        emails.registered(heir, handed_by=row.name)
    emails.handed_over(registration, to=name)
    waiting_list.move_up(standing)
    registration.refresh_from_db()
    return True


@transaction.atomic
def cancel(registration: Registration) -> bool:
    """Free the seat for who comes next, or leave the waiting list, and confirm that by mail; False when it was so."""
    waiting_list.hold(registration.event)
    held = Registration.objects.concerned().filter(pk=registration.pk, uuid=registration.uuid)
    was_waiting = held.waiting().exists()
    freed = {"status": Registration.Status.CANCELLED, "seat": "", "cancelled_at": Now(), "reserved_until": None}
    if not held.update(**freed, **NO_OFFER):
        return False
    registration.refresh_from_db()
    emails.cancelled(registration, was_waiting=was_waiting)
    waiting_list.move_up(registration.event)
    return True


def _standing(registration: Registration) -> Event:
    standing = Event.objects.with_standing().get(pk=registration.event_id)
    if standing.cancelled_at or standing.is_over:
        raise EventCancelledError if standing.cancelled_at else EventClosedError
    return standing
