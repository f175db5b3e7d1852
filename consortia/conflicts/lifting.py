"""A chair lets somebody read in spite of a conflict, with a reason that stays on record."""

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from accounts.users.models import User
from consortia.conflicts.computing import Conflict, blocked, conflicts
from consortia.conflicts.models import Kind, Lifting
from consortia.consortium.acting import hold
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.reviewers.access import seat
from consortia.reviewers.models import Reviewer


def refusal(reviewer: Reviewer, consortium: Consortium, *, by: User) -> str:
    """Why this person does not lift a conflict of that reviewer, in words; empty when they may."""
    chair = seat(by, consortium.call)
    if chair is None or not chair.is_chair:
        return gettext("Only a chair of this call lifts a conflict. Ask one.")
    if chair.pk == reviewer.pk:
        return gettext("Nobody lifts a conflict of their own. Ask another chair.")
    if blocked(consortium.call, chair, consortium):
        return gettext("You have a conflict with this consortium yourself. Ask another chair.")
    return ""


@transaction.atomic
def lift(reviewer: Reviewer, consortium: Consortium, conflict: Conflict, *, reason: str, by: User) -> bool:
    """This one conflict blocks no more: of this kind, with this partner. False when it was lifted, or is gone.

    Raises RefusedError.
    """
    held = hold(consortium)
    if said := refusal(reviewer, held, by=by):
        raise RefusedError(said)
    now = conflicts(held.call, [reviewer], [held]).get((reviewer.pk, held.pk), [])
    still = [each for each in now if each.blocks and key(each) == key(conflict)]
    if not still:
        return False
    Lifting.objects.create(
        reviewer=reviewer,
        consortium=held,
        kind=conflict.kind,
        organisation_id=conflict.partner,
        organisation_name=conflict.partner_name,
        statement_id=conflict.statement,
        reason=reason,
        by=by,
    )
    return True


def key(conflict: Conflict) -> str:
    """Stands for one conflict of a reviewer with a consortium in addresses and forms, which name nobody in a draft."""
    about = str(conflict.statement or conflict.partner)
    if conflict.kind in {Kind.DRAFT, Kind.FORMER_DRAFT}:
        pair = f"{conflict.reviewer}-{conflict.consortium}-{about}"
        about = salted_hmac("consortia.conflicts.lifting", pair).hexdigest()[:16]
    return f"{conflict.kind}-{about}"
