"""What staff decide: whose a profile is, and that an organisation is who it says it is."""

from django.db import transaction
from django.db.models.functions import Now
from wagtail.log_actions import log

from accounts.users.models import User
from hub.facts.record import recorded
from partners.claims import accepted, emails
from partners.claims.models import Claim
from partners.members.inviting import join
from partners.organisations.locking import hold
from partners.organisations.models import Membership, Organisation

# What Wagtail's history calls it; registered in `partners.wagtail_hooks`.
VERIFY = "partners.verify"


class DecidedError(Exception):
    """Somebody decided before, or the claim was taken back."""


@transaction.atomic
def verify(organisation: Organisation, *, how: str, by: User) -> None:
    """Staff looked at its facts as they are now: from here on, what changes of them is shown to staff."""
    hold(organisation)
    now = Organisation.objects.select_related("sector").get(pk=organisation.pk)
    Organisation.objects.filter(pk=now.pk).update(
        verified_at=Now(), verified_how=how, verified_facts=now.facts_to_verify()
    )
    log(now, VERIFY, user=by, data={"how": how})


@transaction.atomic
def accept(claim: Claim, *, how: str, by: User) -> None:
    """Who asked is an owner and hears of it; the organisation is verified and in the directory. Raises DecidedError."""
    found = _waiting(claim)
    if found.organisation.status == Organisation.Status.PROPOSED:
        with recorded(found.organisation, by=by):
            found.organisation.status = Organisation.Status.LISTED
            found.organisation.save(update_fields=["status", "updated_at"])
    verify(found.organisation, how=how, by=by)
    join(found.user, found.organisation, role=Membership.Role.OWNER)
    accepted.follow(found.user, found.organisation)
    _decide(found, Claim.Status.ACCEPTED)
    emails.claim_accepted(found)


@transaction.atomic
def refuse(claim: Claim, *, reason: str, by: User) -> None:
    """They hear why; a profile that was proposed is not shown. Raises DecidedError."""
    found = _waiting(claim)
    found.reason = reason
    _decide(found, Claim.Status.REFUSED)
    emails.claim_refused(found)


def _waiting(claim: Claim) -> Claim:
    rows = Claim.objects.select_for_update(of=("self",)).select_related("user", "organisation__sector")
    found = rows.waiting().filter(pk=claim.pk).first()
    if found is None:
        raise DecidedError
    return found


def _decide(claim: Claim, status: str) -> None:
    claim.status = status
    claim.decided_at = Now()
    claim.save(update_fields=["status", "reason", "decided_at"])
    claim.refresh_from_db(fields=["decided_at"])
