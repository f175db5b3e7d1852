"""An organisation's interest in a call: registered before its deadline, confirmed by mail, withdrawn by a link.

The database's clock decides whether a call still takes interest, inside the transaction that writes it. Registering in
time is what counts: a link that was mailed in time may still be followed after the deadline.
"""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from accounts.users import addresses
from accounts.users.models import User
from calls.chain.models import Call, Deadline
from calls.chain.standing import call_state, governing_deadline
from consortia.interest import correcting, emails
from consortia.interest.models import Interest
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation

# After this long, asking again sends the confirmation again; before, it is the same form sent twice.
ASK_AGAIN_AFTER = timedelta(hours=1)


class InterestClosedError(Exception):
    """The deadline has passed, or the call is withdrawn."""


def is_open(call: Call) -> bool:
    """Whether interest can be registered now, by the database's clock."""
    deadline = governing_deadline(call, Deadline.Governs.INTEREST)
    is_past = deadline is not None and Deadline.objects.filter(pk=deadline.pk, due_at__lte=Now()).exists()
    return call_state(call).code not in {"closed", "withdrawn"} and not is_past


@transaction.atomic
def register_interest(
    call: Call,
    *,
    organisation_name: str,
    sector: Term,
    contact_name: str,
    email: str,
    language: str,
    consent_wording: str,
    tracks: Iterable[Term],
    role: str = Interest.Role.EITHER,
    offers: str = "",
    organisation: Organisation | None = None,
    by: User | None = None,
) -> Interest:
    """Keep the interest and mail a link to confirm it; who holds the address for sure gets the receipt at once.

    Sending it again makes no second row, however the organisation's name is typed. It mails nothing either, unless the
    first link had time to get lost; what was typed last is what the confirmation will ask about. Other answers about a
    confirmed interest replace it once the address says so.
    """
    address = User.normalise_email(email)
    name = " ".join(organisation_name.split())
    # One at a time per call, so that the same form twice in one moment finds its first row.
    call = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    # Nor is it withdrawn while other answers are put into it.
    rows = Interest.objects.select_for_update(of=("self",), no_key=True)
    known = rows.of_same(call, email=address, organisation_name=name).first()
    if not is_open(call):
        raise InterestClosedError
    if known and known.status == Interest.Status.CONFIRMED:
        said = {
            "sector": sector.pk,
            "contact_name": contact_name,
            "role": role,
            "tracks": sorted(track.pk for track in tracks),
            "offers": offers,
        }
        correcting.correct(known, said, consent_wording=consent_wording, language=language, by=by)
        return known
    is_owner = addresses.holds(by, address)
    facts = {
        "organisation": organisation,
        "organisation_name": name,
        "sector": sector,
        "contact_name": contact_name,
        "language": language,
        "role": role,
        "offers": offers,
        "consent_wording": consent_wording,
        "user": by if is_owner else None,  # sent for somebody else it is theirs, not the sender's
    }
    return _keep(known or Interest(call=call, email=address), facts, tracks=tracks, is_owner=is_owner)


def _keep(interest: Interest, facts: dict[str, Any], *, tracks: Iterable[Term], is_owner: bool) -> Interest:
    """Write an interest that does not count yet, and ask its address; its owner has said yes by sending."""
    waits = interest.pk is not None and interest.status == Interest.Status.PENDING
    is_repeated = waits and _is_fresh(interest)
    if not is_repeated:
        if not waits:
            # A new name: links in mails about the interest that was withdrawn stop working. Those that still wait for
            # their button keep working, whoever sends the form once more.
            interest.uuid = uuid.uuid4()
        interest.status = Interest.Status.PENDING
        interest.confirmed_at = None
        interest.created_at = Now()
    for field, value in facts.items():
        setattr(interest, field, value)
    interest.save()
    interest.tracks.set(tracks)
    interest.refresh_from_db()
    if is_owner:
        confirm(interest)
    elif not is_repeated:
        emails.confirm_interest(interest, again=waits)
    return interest


@transaction.atomic
def ask_again(interest: Interest) -> None:
    """Mail another link to confirm, because the first became too old."""
    waiting = Interest.objects.select_for_update(of=("self",)).filter(pk=interest.pk, status=Interest.Status.PENDING)
    if found := waiting.select_related("call", "sector").first():
        emails.confirm_interest(found, again=True)


def _is_fresh(interest: Interest) -> bool:
    return Interest.objects.filter(pk=interest.pk, created_at__gt=Now() - ASK_AGAIN_AFTER).exists()


@transaction.atomic
def confirm(interest: Interest) -> bool:
    """The address is proved; a receipt goes out. False when there was nothing left to confirm."""
    waiting = Interest.objects.filter(pk=interest.pk, uuid=interest.uuid, status=Interest.Status.PENDING)
    if not waiting.update(status=Interest.Status.CONFIRMED, confirmed_at=Now()):
        return False
    interest.refresh_from_db()
    emails.interest_received(interest)
    return True


@transaction.atomic
def withdraw(interest: Interest) -> bool:
    """The organisation no longer takes part; False when it was withdrawn already."""
    standing = Interest.objects.standing().filter(pk=interest.pk, uuid=interest.uuid)
    if not standing.update(status=Interest.Status.WITHDRAWN, proposed=None):
        return False
    # With what was merged into it: links in those mails do not reach what the organisation may begin anew.
    interest.merged.filter(status=Interest.Status.MERGED).update(status=Interest.Status.WITHDRAWN)
    interest.refresh_from_db()
    emails.interest_withdrawn(interest)
    return True
