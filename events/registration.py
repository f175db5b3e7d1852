"""Taking a place at an event and giving it back.

The event's row is locked while seats are counted, so two people never get the same last seat.
"""

import uuid

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from accounts import addresses
from accounts.models import User
from events import emails
from events.models import Event, Registration


class EventFullError(Exception):
    """Every seat is taken."""


class EventClosedError(Exception):
    """Sign-up is over, or the event is cancelled."""


def hold(event: Event) -> None:
    """Make others who sign up for this event wait until this transaction ends."""
    Event.objects.select_for_update(no_key=True).only("pk").get(pk=event.pk)


@transaction.atomic
def register(
    event: Event,
    *,
    name: str,
    email: str,
    language: str,
    consent_wording: str,
    organisation_name: str = "",
    access_needs: str = "",
    by: User | None = None,
) -> Registration:
    """Give the person a seat and confirm it by mail. Who has one already gets the same answer and the mail anew."""
    address = User.normalise_email(email)
    hold(event)
    # A statement of its own: it reads the clock and the seats after the wait for the lock.
    standing = Event.objects.with_standing().get(pk=event.pk)
    known = Registration.objects.filter(event=standing, email__iexact=address).first()
    if known and known.status == Registration.Status.CONFIRMED:
        emails.registered(known)
        return known
    if standing.cancelled_at or standing.is_closed:
        raise EventClosedError
    if standing.is_full:
        raise EventFullError

    registration = known or Registration(event=standing, email=address)
    # A new name for a seat taken again: links in the mails about the earlier one stop working.
    registration.uuid = uuid.uuid4()
    registration.user = by if addresses.holds(by, address) else None  # the seat is the address's, not the sender's
    registration.name = name
    registration.language = language
    registration.organisation_name = organisation_name
    registration.access_needs = access_needs
    registration.consent_wording = consent_wording
    registration.status = Registration.Status.CONFIRMED
    registration.cancelled_at = None
    registration.created_at = Now()
    try:
        with transaction.atomic():
            registration.save()
    except IntegrityError:
        # The database folds case for letters where Python does not: the address is there already.
        return Registration.objects.get(event=standing, email__iexact=address)
    registration.refresh_from_db(fields=["created_at"])
    emails.registered(registration)
    return registration


@transaction.atomic
def cancel(registration: Registration) -> bool:
    """Free the seat and confirm that by mail; False when it was free already."""
    hold(registration.event)
    freed = Registration.objects.confirmed().filter(pk=registration.pk, uuid=registration.uuid)
    if not freed.update(status=Registration.Status.CANCELLED, cancelled_at=Now()):
        return False
    registration.refresh_from_db()
    emails.cancelled(registration)
    return True
