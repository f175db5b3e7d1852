"""Who may do what with a practice from outside the centre; views and templates ask here."""

from dataclasses import dataclass
from typing import Any

from accounts.users.models import User
from partners.organisations.models import Membership, Organisation
from practices.practice.models.practice import Practice
from practices.submissions.models import Submission


def organisations_of(user: User, practice: Practice | None = None) -> list[Organisation]:
    """Those that this person may name as the owner: their own, and the one that the practice has already."""
    own = Organisation.objects.acted_for_by(user)
    found = {each.pk: each for each in own.order_by("name", "pk")}
    if practice and practice.owner:
        found.setdefault(practice.owner.pk, practice.owner)
    return list(found.values())


def may_propose_update(user: Any, practice: Practice) -> bool:
    """Who acts for the organisation that answers for it, and who submitted it."""
    if not isinstance(user, User) or practice.pk is None or not practice.live:
        return False
    if practice.owner_id and Membership.objects.filter(user=user, organisation=practice.owner_id).exists():
        return True
    published = Submission.objects.of(user).filter(practice=practice, status=Submission.Status.PUBLISHED)
    return published.exists()


@dataclass(frozen=True)
class UpdateOffer:
    """What somebody who may propose an update meets: whether one is in review already, and what of it is theirs."""

    in_review: bool
    own: Submission | None
    draft: Submission | None


def update_offer(user: Any, practice: Practice) -> UpdateOffer | None:
    """For who may propose an update of this practice; nothing for others."""
    if not may_propose_update(user, practice):
        return None
    if not practice.awaits_decision:
        return UpdateOffer(in_review=False, own=None, draft=None)
    theirs = Submission.objects.of(user).filter(practice=practice)
    return UpdateOffer(in_review=True, own=theirs.under_review().first(), draft=theirs.drafts().first())
