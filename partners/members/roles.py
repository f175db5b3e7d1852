"""Who acts for an organisation, and as what, once they do: changed, ended by others, left."""

from django.db import transaction

from accounts.users.models import User
from partners.members import emails
from partners.members.rules import is_staff
from partners.organisations.locking import hold
from partners.organisations.models import Membership


class LastOwnerError(Exception):
    """Without this owner nobody could say who acts for the organisation: another is named first."""


@transaction.atomic
def change_role(membership: Membership, *, role: str, by: User) -> bool:
    """Owner or editor from now on, and told so; False when that is what they were. Raises LastOwnerError."""
    found = _held(membership)
    if found is None or found.role == role:
        return False
    _leave_an_owner(found, by=by)
    found.role = role
    found.save(update_fields=["role"])
    if found.user_id != by.pk:
        emails.membership_changed(found.user, found.organisation, now=role)
    return True


@transaction.atomic
def remove(membership: Membership, *, by: User) -> bool:
    """The person no longer acts for the organisation, and is told so unless they left; False when that was so before.

    Raises LastOwnerError. What they wrote stays.
    """
    found = _held(membership)
    if found is None:
        return False
    _leave_an_owner(found, by=by)
    found.delete()
    if found.user_id != by.pk:
        emails.membership_changed(found.user, found.organisation, now="")
    return True


def _held(membership: Membership) -> Membership | None:
    hold(membership.organisation)
    return Membership.objects.select_related("user", "organisation").filter(pk=membership.pk).first()


def is_last_owner(membership: Membership, *, by: User) -> bool:
    """Whether this person cannot end or lower it; staff may leave an organisation without an owner."""
    if membership.role != Membership.Role.OWNER or is_staff(by):
        return False
    owners = Membership.objects.filter(organisation=membership.organisation, role=Membership.Role.OWNER)
    return not owners.exclude(pk=membership.pk).exists()


def _leave_an_owner(membership: Membership, *, by: User) -> None:
    if is_last_owner(membership, by=by):
        raise LastOwnerError
