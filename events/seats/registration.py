"""Taking a seat at an event or a place on its waiting list, changing what one said, and giving it back.

The event's row is locked while seats are counted, so two people never get the same last seat. Name and address together
are the person. Whether somebody has a seat is told to the mailbox alone: on the page, who has one and who has none get
the same answer, after the same work.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from accounts.users import addresses
from accounts.users.models import User
from events.agenda.models import Event
from events.seats import emails, line_share, persons, waiting_list
from events.seats.models import Registration, RegistrationQuerySet

# What somebody tells besides who they are; the last form counts.
ANSWERS = ("name", "organisation_name", "access_needs")


class EventFullError(Exception):
    """Every seat is taken."""


class EventClosedError(Exception):
    """Sign-up is over, or the event is cancelled."""


class EventCancelledError(EventClosedError):
    """The event does not take place: nobody gets a mail about a seat."""


class EventNotOpenError(EventClosedError):
    """Sign-up has not begun yet."""


class DoubtError(Exception):
    """The owner of the address has a seat under a name that may be another spelling of the one in the form."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class SignUp:
    """One form: who wants a seat, in which language, and what else they said.

    `waits`: where no seat is free, a place on the waiting list will do.
    `sent_as` stands for the very page that was sent, so that sending it twice is answered twice alike. `is_same` says
    whether a similar name at this address is the same person; None where that was not asked. `source` is the line to
    the internet that it came from; empty where no visitor sent it.
    """

    name: str
    email: str
    language: str
    consent_wording: str
    organisation_name: str = ""
    access_needs: str = ""
    waits: bool = False
    by: User | None = None
    sent_as: str = ""
    is_same: bool | None = None
    source: str = ""


def register(event: Event, **form: Any) -> Registration:
    """Give the person a seat, or a place on the waiting list, and confirm it by mail; takes the fields of `SignUp`.

    Beyond the share of a line it is reserved and the mail asks for a click: `asks_click` of what is returned says so,
    the same for everybody on that line. Who has a seat or a place already keeps it; their new answers replace the old
    ones, and the mail says so. Raises EventFullError or EventClosedError where nothing can be given (who has something
    hears by mail all the same, unless the event is cancelled), DoubtError to ask the owner of the address whether a
    similar name is theirs.
    """
    wanted = SignUp(**form)
    with transaction.atomic():
        answer = _answer(event, wanted)
    # Raised only now: what was changed for somebody with a seat stands, and a refusal takes as long as an answer.
    if isinstance(answer, Exception):
        raise answer
    return answer


def _answer(event: Event, wanted: SignUp) -> Registration | Exception:
    waiting_list.hold(event)
    # What the clock has freed belongs to those who wait.
    waiting_list.move_up(event)
    # A statement of its own: it reads the clock and the seats after the wait for the lock.
    standing = Event.objects.with_standing().get(pk=event.pk)
    address = User.normalise_email(wanted.email)
    owner = addresses.holds(wanted.by, address)
    at_address = Registration.objects.filter(event=standing, email__iexact=address)
    of_person = at_address.filter(person=persons.folded(wanted.name))
    known, has_place = of_person.first(), of_person.concerned().exists()
    others = [] if known else _similar(at_address, wanted.name)
    if others and owner and wanted.is_same:
        known, has_place = others.pop(0), True
    if others and owner and wanted.is_same is None:
        return DoubtError(others[0].name)
    refusal, is_full = _refusal(standing), False
    if wanted.waits and isinstance(refusal, EventFullError):
        refusal, is_full = None, True
    line = "" if owner else line_share.digest(standing, wanted.source)
    until = line_share.reserved_until(standing, line)
    if known and has_place and not standing.cancelled_at:
        is_repeated = bool(wanted.sent_as) and known.sent_as == wanted.sent_as
        _change(known, wanted, owner=owner)
        known.asks_click = known.reserved_until is not None if is_repeated else until is not None
        known.is_full = is_full
        return known if is_repeated or refusal is None else refusal
    asked = known or Registration(event=standing, email=address)
    asked.line, asked.reserved_until, asked.is_full = line, until, is_full
    if refusal is None:
        return _take(asked, wanted, owner=owner, others=others)
    with transaction.atomic():
        # The same work as for somebody with a seat, and none of it stays: the clock tells nobody anything.
        _take(asked, wanted, owner=owner, others=[])
        transaction.set_rollback(True)
    return refusal


def _refusal(standing: Event) -> Exception | None:
    if standing.cancelled_at:
        return EventCancelledError()
    if standing.is_closed:
        return EventClosedError()
    if standing.is_early:
        return EventNotOpenError()
    return EventFullError() if standing.is_full else None


def _similar(at_address: RegistrationQuerySet, name: str) -> list[Registration]:
    seats = {seat.name: seat for seat in at_address.concerned().order_by("created_at", "pk")[:20]}
    return [seats[other] for other in persons.alike(name, seats)]


def _take(registration: Registration, wanted: SignUp, *, owner: bool, others: list[Registration]) -> Registration:
    """A seat, or the last place on the waiting list of an event that is full."""
    is_new = registration.pk is None or registration.status == Registration.Status.CANCELLED
    if is_new:
        # A new name for a seat taken again: links in the mails about the earlier one stop working.
        registration.uuid = uuid.uuid4()
        registration.created_at = Now()
    registration.user = wanted.by if owner else None
    registration.asks_click = registration.reserved_until is not None
    _say(registration, wanted)
    registration.status = Registration.Status.WAITING if registration.is_full else Registration.Status.CONFIRMED
    registration.waiting_since = Now() if registration.is_full else None
    registration.moved_up_at = registration.cancelled_at = None
    try:
        with transaction.atomic():
            registration.save()
    except IntegrityError:
        # The database folds letters where Python does not: the person is there already.
        same = {"event": registration.event, "person": persons.folded(wanted.name)}
        there = Registration.objects.get(email__iexact=registration.email, **same)
        there.asks_click, there.is_full = registration.asks_click, registration.is_full
        return there
    registration.refresh_from_db(fields=["created_at", "reserved_until", "waiting_since"])
    emails.registered(registration, others=[other.name for other in others])
    return registration


def _change(registration: Registration, wanted: SignUp, *, owner: bool) -> None:
    changed = [name for name in ANSWERS if getattr(registration, name) != getattr(wanted, name)]
    if changed or (owner and registration.user_id is None):
        if owner:
            registration.user, registration.line, registration.reserved_until = wanted.by, "", None
        _say(registration, wanted)
        registration.save()
    emails.registered(registration, is_changed=bool(changed))


def _say(registration: Registration, wanted: SignUp) -> None:
    for name in (*ANSWERS, "language", "consent_wording", "sent_as"):
        setattr(registration, name, getattr(wanted, name))


@transaction.atomic
def confirm(registration: Registration) -> None:
    """The link in the mail was pressed: the seat or the place is theirs for good; a second time changes nothing.

    Who comes after the seat was kept for them gets one while there are any, and who waits the last place on the list.
    Raises EventFullError or EventClosedError.
    """
    waiting_list.hold(registration.event)
    asked = Registration.objects.filter(pk=registration.pk, uuid=registration.uuid, reserved_until__isnull=False)
    late = asked.lapsed().first()
    if late:
        # What was kept for them has gone to who waited.
        waiting_list.move_up(registration.event)
    standing = Event.objects.with_standing().get(pk=registration.event_id)
    if standing.cancelled_at or standing.is_over:
        raise EventCancelledError if standing.cancelled_at else EventClosedError
    refusal = _refusal(standing) if late else None
    if late and late.is_waiting and not isinstance(refusal, EventClosedError):
        asked.update(waiting_since=Now())
    elif refusal:
        raise refusal
    if asked.update(line="", reserved_until=None):
        if registration.pk not in waiting_list.move_up(registration.event):
            registration.refresh_from_db()
            emails.registered(registration, is_proved=True)
        registration.refresh_from_db()


@transaction.atomic
def cancel(registration: Registration) -> bool:
    """Free the seat for who comes next, or leave the waiting list, and confirm that by mail; False when it was so."""
    waiting_list.hold(registration.event)
    held = Registration.objects.concerned().filter(pk=registration.pk, uuid=registration.uuid)
    was_waiting = held.waiting().exists()
    if not held.update(status=Registration.Status.CANCELLED, cancelled_at=Now(), reserved_until=None):
        return False
    registration.refresh_from_db()
    emails.cancelled(registration, was_waiting=was_waiting)
    waiting_list.move_up(registration.event)
    return True
