"""Other answers about an interest that counts: they replace the old ones once somebody whose it is says so."""

from typing import Any

from django.db import transaction

from accounts.users import addresses
from accounts.users.models import User
from consortia.interest import answers, emails
from consortia.interest.models import Interest
from partners.organisations.models import Organisation


def correct(
    interest: Interest,
    said: dict[str, Any],
    *,
    consent_wording: str,
    language: str,
    by: User | None,
    organisation: Organisation | None,
) -> None:
    """Take what a form says about a confirmed interest, in the transaction that holds its row.

    The owner of the address is believed at once, and so is who acts for its organisation; from anybody else it waits
    behind a link that is mailed to the address. The same answers again change nothing and mail nothing.
    """
    is_owner = addresses.holds(by, interest.email)
    if is_owner and organisation and interest.organisation_id is None:
        Interest.objects.filter(pk=interest.pk).update(organisation=organisation)
        interest.organisation = organisation
    if not is_owner and interest.is_of(by):
        # Its contact stays who it is, and goes on reading in their language.
        said = said | {"contact_name": interest.contact_name}
        language = interest.language
    proposed = said | {"consent_wording": consent_wording, "language": language}
    if said == answers.standing(interest):
        return
    if is_owner or interest.is_of(by):
        apply(interest, proposed)
    elif interest.proposed != proposed:
        interest.proposed = proposed
        interest.save(update_fields=["proposed"])
        emails.confirm_correction(interest)


@transaction.atomic
def confirm_correction(interest: Interest) -> bool:
    """The address says yes; False when something else waits by now, or the interest was withdrawn, or is that of an
    organisation for which who has the address no longer acts.

    Pressed twice in one moment the answers are taken once, and both are told so.
    """
    waiting = Interest.objects.select_for_update(of=("self",)).select_related("call").get(pk=interest.pk)
    if waiting.status != Interest.Status.CONFIRMED:
        return False
    if not waiting.proposed:
        return True
    if waiting.proposed_digest != interest.proposed_digest or not waiting.may_be_changed_by(None):
        return False
    apply(waiting, waiting.proposed)
    return True


def apply(interest: Interest, said: dict[str, Any]) -> None:
    """Replace what counts, and tell its contact."""
    interest.proposed = None
    answers.put(interest, said)
    emails.interest_received(interest, again=True)
