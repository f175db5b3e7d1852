"""Other answers about an interest that counts: they replace the old ones once the address that holds it says so."""

from typing import Any

from django.db import transaction

from accounts.users import addresses
from accounts.users.models import User
from consortia.interest import emails
from consortia.interest.models import Interest
from hub.vocabularies.models import Term


def correct(interest: Interest, said: dict[str, Any], *, consent_wording: str, language: str, by: User | None) -> None:
    """Take what a form says about a confirmed interest, in the transaction that holds its row.

    The owner of the address is believed at once; from anybody else it waits behind a link that is mailed there. The
    same answers again change nothing and mail nothing.
    """
    proposed = said | {"consent_wording": consent_wording, "language": language}
    if said == _standing(interest):
        return
    if addresses.holds(by, interest.email):
        _apply(interest, proposed)
    elif interest.proposed != proposed:
        interest.proposed = proposed
        interest.save(update_fields=["proposed"])
        emails.confirm_correction(interest)


@transaction.atomic
def confirm_correction(interest: Interest) -> bool:
    """The address says yes; False when something else waits by now, or the interest was withdrawn.

    Pressed twice in one moment the answers are taken once, and both are told so.
    """
    waiting = Interest.objects.select_for_update(of=("self",)).select_related("call").get(pk=interest.pk)
    if waiting.status != Interest.Status.CONFIRMED:
        return False
    if not waiting.proposed:
        return True
    if waiting.proposed_digest != interest.proposed_digest:
        return False
    _apply(waiting, waiting.proposed)
    return True


def proposed_facts(interest: Interest) -> tuple[Interest, list[Term]]:
    """The interest as it would be, not saved, and its action tracks."""
    proposed = dict(interest.proposed or {})
    tracks = list(Term.objects.filter(pk__in=proposed.pop("tracks", [])))
    interest.sector = Term.objects.get(pk=proposed.pop("sector"))
    for name, value in proposed.items():
        setattr(interest, name, value)
    return interest, tracks


def _standing(interest: Interest) -> dict[str, Any]:
    return {
        "sector": interest.sector_id,
        "contact_name": interest.contact_name,
        "role": str(interest.role),
        "tracks": sorted(interest.tracks.values_list("pk", flat=True)),
        "offers": interest.offers,
    }


def _apply(interest: Interest, proposed: dict[str, Any]) -> None:
    interest.proposed = proposed
    interest, tracks = proposed_facts(interest)
    interest.proposed = None
    interest.save()
    interest.tracks.set(tracks)
    emails.interest_received(interest, again=True)
