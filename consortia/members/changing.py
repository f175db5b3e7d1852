"""Other answers of an interest that stands, from its organisation's people or from who holds its address."""

from typing import Any, Unpack

from django.db import transaction

from accounts.users import addresses
from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest.answers import Answers, digest, plain, put, standing
from consortia.interest.correcting import apply
from consortia.interest.merging import merge
from consortia.interest.models import Interest
from consortia.interest.registration import InterestClosedError, confirm, is_open
from hub.dates import database_clock


class ChangedError(Exception):
    """Somebody else changed it since the form was opened."""


class WithdrawnError(Exception):
    """It was withdrawn, or became one with another, since the form was opened."""


@transaction.atomic
def change(
    interest: Interest,
    *,
    seen: str,
    by: User,
    language: str,
    consent_wording: str,
    is_contact: bool = False,
    **answers: Unpack[Answers],
) -> None:
    """Until the deadline that governs interest; its contact gets a receipt. Sent twice it is one change.

    `seen` is the digest of the answers that the form showed. With `is_contact` the mails go to `by` from now on, who
    has proved the address of their account. Raises InterestClosedError, WithdrawnError, ChangedError.
    """
    arrived = database_clock.now()
    call = Call.objects.select_for_update(no_key=True).get(pk=interest.call_id)
    rows = Interest.objects.select_for_update(of=("self",), no_key=True)
    held = rows.standing().select_related("call", "sector", "organisation").filter(uuid=interest.uuid).first()
    if held is None:
        raise WithdrawnError
    if not is_open(call, arrived):
        raise InterestClosedError
    said = plain(answers)
    contact = _contact(held, by, language) if is_contact else {}
    if said | contact == standing(held) | {name: getattr(held, name) for name in contact}:
        return
    if digest(held) != seen:
        raise ChangedError
    said |= {"consent_wording": consent_wording, **contact}
    if held.status == Interest.Status.CONFIRMED:
        apply(held, said)
        return
    put(held, said)
    if addresses.holds(by, held.email):
        confirm(held)


def _contact(held: Interest, by: User, language: str) -> dict[str, Any]:
    """To whom the mails go from now on; what this person has under the same name goes into it."""
    others = Interest.objects.of_same(held.call, email=by.email, organisation_name=held.organisation_name)
    for other in others.exclude(pk=held.pk):
        merge(other, into=held)
    name = by.get_full_name() or held.organisation_name
    return {"email": by.email, "user": by, "contact_name": name, "language": language}
