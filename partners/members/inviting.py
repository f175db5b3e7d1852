"""Somebody is asked by mail to act for an organisation: sent, sent again, taken back, accepted once."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from accounts.users import addresses
from accounts.users.models import User
from notifications.outbox import outbox
from partners.members import emails
from partners.members.keeping_times import INVITATIONS
from partners.members.models import Invitation
from partners.organisations.locking import hold
from partners.organisations.models import Membership, Organisation

# So many may wait for an answer at once.
MOST_WAITING = 20
# The form sent twice is one invitation and one mail; sent again later it is another mail.
QUIET = timedelta(minutes=10)
TAKEN_BACK = gettext_noop("The invitation was taken back or sent again.")


class AlreadyMemberError(Exception):
    """Whoever holds this address acts for the organisation already."""


class TooManyError(Exception):
    """So many wait for an answer that one has to be taken back first."""


class WrongPersonError(Exception):
    """The account has not proved to hold the address that was invited."""


class OverError(Exception):
    """The invitation was accepted, taken back, or is too old."""


@transaction.atomic
def invite(organisation: Organisation, *, email: str, role: str, language: str, by: User) -> Invitation:
    """Ask somebody, or ask again under a new link; raises AlreadyMemberError and TooManyError."""
    hold(organisation)
    address = User.normalise_email(email)
    if organisation.memberships.filter(user__email=address).exists():
        raise AlreadyMemberError
    waiting = Invitation.objects.select_for_update().waiting().filter(organisation=organisation)
    known = waiting.to(address).first()
    if known and known.role == role and known.sent_at > timezone.now() - QUIET:
        return known
    if known is None and waiting.count() >= MOST_WAITING:
        raise TooManyError
    found = known or Invitation(organisation=organisation, email=address)
    if known:
        take_mail_back(known)
    found.uuid, found.role, found.language, found.invited_by = uuid.uuid4(), role, language, by
    found.sent_at = timezone.now()
    found.save()
    emails.invitation(found)
    return found


@transaction.atomic
def withdraw(invitation: Invitation) -> bool:
    """The link works no more; False when there was nothing left to take back."""
    waiting = Invitation.objects.waiting().filter(pk=invitation.pk)
    if not waiting.update(status=Invitation.Status.WITHDRAWN):
        return False
    take_mail_back(invitation)
    return True


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> Membership:
    """The person acts for the organisation from now on; raises WrongPersonError and OverError.

    Who is a member already gets the better of the two roles.
    """
    hold(invitation.organisation)
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not addresses.holds(by, found.email):
        raise WrongPersonError
    if found.status == Invitation.Status.ACCEPTED and found.accepted_by_id == by.pk:
        known = Membership.objects.filter(user=by, organisation=found.organisation_id).first()
        if known:
            return known
    if found.uuid != invitation.uuid or found.status != Invitation.Status.WAITING or found.is_late:
        raise OverError
    found.status, found.accepted_by = Invitation.Status.ACCEPTED, by
    found.save(update_fields=["status", "accepted_by"])
    return join(by, found.organisation, role=found.role)


def join(user: User, organisation: Organisation, *, role: str) -> Membership:
    """Make somebody a member; an owner stays one."""
    membership, is_new = Membership.objects.get_or_create(user=user, organisation=organisation, defaults={"role": role})
    if not is_new and role == Membership.Role.OWNER and membership.role != role:
        membership.role = role
        membership.save(update_fields=["role"])
    return membership


def take_mail_back(invitation: Invitation) -> None:
    about = f"organisation:{invitation.organisation_id}:invitation:{invitation.pk}"
    outbox.withdraw(about, reason=TAKEN_BACK)


def due(at: Moment) -> QuerySet[Invitation]:
    """Those that are older than they are kept at that moment."""
    return Invitation.objects.filter(sent_at__lt=at - INVITATIONS.span)


def forget() -> int:
    """Delete those that are older than they are kept."""
    return erasing.delete(due(Now()))


def forget_address(email: str) -> None:
    """Its owner had an address erased: what waits for it goes."""
    Invitation.objects.to(email).delete()
