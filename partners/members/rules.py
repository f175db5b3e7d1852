"""Who may do what for an organisation; views and templates ask here.

A stranger finds nothing: look organisations up with `managed`. An editor keeps the profile; an owner, and staff, also
say who else does.
"""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from accounts.users.models import User
from partners.organisations.models import Membership, Organisation


@dataclass(frozen=True)
class Rights:
    """What one person may do for one organisation."""

    edit: bool = False
    # Invite, change roles, remove.
    decide: bool = False
    leave: bool = False


def is_staff(user: Any) -> bool:
    """Whether this person of the centre edits every organisation."""
    return bool(user.has_perm("partners.change_organisation"))


def rights(user: Any, organisation: Organisation) -> Rights:
    """All that this person may do; nothing for a stranger."""
    if not isinstance(user, User):
        return Rights()
    own = Membership.objects.filter(user=user, organisation=organisation).first()
    staff = is_staff(user)
    is_owner = own is not None and own.role == Membership.Role.OWNER
    return Rights(edit=staff or own is not None, decide=staff or is_owner, leave=own is not None)


def managed(user: Any, slug: str) -> Organisation:
    """The organisation of this name, for who manages it; for others there is none."""
    found = Organisation.objects.managed_by(user).with_facts().filter(slug=slug).first()
    if found is None:
        raise Http404
    return found
