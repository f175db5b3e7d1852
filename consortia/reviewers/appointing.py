"""Staff give somebody the role for one call, and take it away."""

from django.db import transaction
from django.db.models.functions import Now
from wagtail.log_actions import log

from accounts.colleagues import inviting
from accounts.users import addresses
from accounts.users.models import User
from calls.chain.models import Call
from consortia.reviewers import emails
from consortia.reviewers.models import Reviewer

# So many people review one call at once.
MOST = 30
# What Wagtail's history of the call says; registered in `consortia.wagtail_hooks`.
APPOINT, DISMISS = "consortia.appoint_reviewer", "consortia.dismiss_reviewer"


class TooManyError(Exception):
    """So many review the call that one has to end first."""


@transaction.atomic
def appoint(call: Call, *, email: str, role: str, name: str = "", language: str = "", by: User) -> Reviewer:
    """Whoever holds the address reviews the call from now on and is told; the same again changes nothing.

    Who has no account yet is invited to one, under this name and in this language. Raises TooManyError.
    """
    held = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    user = _account(email, name=name, language=language)
    known = Reviewer.objects.select_for_update().filter(call=held, user=user).first()
    if known and known.ended_at is None and known.role == role:
        return known
    is_new = known is None or known.ended_at is not None
    if is_new and Reviewer.objects.active().filter(call=held).count() >= MOST:
        raise TooManyError
    reviewer = known or Reviewer(call=held, user=user)
    reviewer.role, reviewer.added_by, reviewer.ended_at = role, by, None
    reviewer.save()
    emails.take_back(reviewer)
    emails.appointed(reviewer)
    log(held, APPOINT, user=by, data={"reviewer": reviewer.pk, "role": role})
    return reviewer


@transaction.atomic
def dismiss(reviewer: Reviewer, *, by: User) -> bool:
    """The person finds nothing of the call any more; what was handed in stays. False when that was so before."""
    if not Reviewer.objects.filter(pk=reviewer.pk, ended_at=None).update(ended_at=Now()):
        return False
    emails.take_back(reviewer)
    log(reviewer.call, DISMISS, user=by, data={"reviewer": reviewer.pk})
    return True


def _account(email: str, *, name: str, language: str) -> User:
    """Of whoever proved to hold the address, else the one that is named so, else a new one, which is invited."""
    address = User.normalise_email(email)
    known = addresses.holders(address).first() or User.objects.filter(email=address).first()
    if known:
        return known
    first, _space, last = name.strip().partition(" ")
    made = User.objects.create(email=address, first_name=first[:150], last_name=last[:150], language=language)
    inviting.invite(made)
    return made
