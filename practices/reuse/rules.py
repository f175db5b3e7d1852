"""Who may report, see, change and check what became of a practice elsewhere; views, verbs and templates ask here."""

from typing import Any

from accounts.users.models import User
from partners.organisations.models import Membership, Organisation, OrganisationQuerySet
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.rows import ReuseCheck


def organisations_of(user: Any) -> OrganisationQuerySet:
    """In whose name this person may report."""
    return Organisation.objects.acted_for_by(user if isinstance(user, User) else None).order_by("name", "pk")


def is_reporter(user: Any, reuse: Reuse) -> bool:
    """Whether this person acts for the organisation that reported: they update and withdraw."""
    return organisations_of(user).filter(pk=reuse.organisation_id or 0).exists()


def _reported(user: User, reuse: Reuse) -> bool:
    """Whether it is a report of theirs, whatever became of their organisation since."""
    is_member = Membership.objects.filter(user=user, organisation=reuse.organisation_id or 0).exists()
    return is_member or reuse.versions.filter(by=user).exists()


def is_staff(user: Any) -> bool:
    """Who keeps the library."""
    return bool(user.has_perm("practices.change_practice"))


def checks_as(user: Any, reuse: Reuse) -> str:
    """In whose name this person may check the report; empty when they may not.

    Staff, and the people of the organisation that answers for the practice, but nobody their own organisation's, nor
    what they wrote before they left it or it was hidden.
    """
    if not isinstance(user, User) or _reported(user, reuse):
        return ""
    if is_staff(user):
        return ReuseCheck.As.CENTRE
    owner = reuse.practice.owner_id
    if owner and owner != reuse.organisation_id and Membership.objects.filter(user=user, organisation=owner).exists():
        return ReuseCheck.As.OWNER
    return ""
