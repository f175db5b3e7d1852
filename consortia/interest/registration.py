"""An organisation's interest in a call: registered before its deadline, confirmed by mail, withdrawn by a link.

The database's clock decides whether a call still takes interest, inside the transaction that writes it. Registering in
time is what counts: a link that was mailed in time may still be followed after the deadline.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any, Unpack

from django.db import transaction
from django.db.models.functions import Now

from accounts.users import addresses
from accounts.users.models import User
from calls.chain.models import Call, Deadline
from calls.chain.standing import call_state, governing_deadline
from consortia.interest import correcting, emails
from consortia.interest.answers import Answers, plain, put, standing
from consortia.interest.models import Interest
from hub.dates import database_clock
from partners.organisations.models import Organisation

# After this long, asking again sends the confirmation again; before, it is the same form sent twice.
ASK_AGAIN_AFTER = timedelta(hours=1)


class InterestClosedError(Exception):
    """The deadline has passed, or the call is withdrawn."""


class AlreadyShownError(Exception):
    """The sender's organisation has shown its interest already, with other answers than these: nothing was changed."""


class NotYoursError(Exception):
    """The interest is that of an organisation, for which neither the sender nor who has the address acts."""


def is_open(call: Call, arrived: datetime | None = None) -> bool:
    """Whether interest can be registered and changed, by the database's clock: now, or when the request `arrived`.

    A verb gives it the call as it is in its transaction, held, and the moment before it waited for that.
    """
    now = arrived or database_clock.now()
    deadline = governing_deadline(call, Deadline.Governs.INTEREST)
    is_past = deadline is not None and deadline.due_at <= now
    return call_state(call, now).code not in {"closed", "withdrawn"} and not is_past


@transaction.atomic
def register_interest(
    call: Call,
    *,
    organisation_name: str,
    email: str,
    language: str,
    consent_wording: str,
    organisation: Organisation | None = None,
    by: User | None = None,
    **answers: Unpack[Answers],
) -> Interest:
    """Keep the interest and mail a link to confirm it; who holds the address for sure gets the receipt at once.

    Sending it again makes no second row, however the organisation's name is typed, and whoever of an `organisation` of
    the directory, for which `by` acts, sends it. It mails nothing either, unless the first link had time to get lost;
    what was typed last is what the confirmation will ask about. Other answers about a confirmed interest replace it
    once its address says so; those of an organisation that `by` acts for are replaced by `members.changing`, which
    shows them first. Raises InterestClosedError, AlreadyShownError and NotYoursError.
    """
    arrived = database_clock.now()
    address = User.normalise_email(email)
    name = " ".join(organisation_name.split())
    # One at a time per call, so that the same form twice in one moment finds its first row.
    call = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    said = plain(answers)
    _refuse_others(call, organisation, said)
    known = _known(call, organisation, email=address, organisation_name=name)
    if not is_open(call, arrived):
        raise InterestClosedError
    if known and known.is_of(by):
        _refuse_others(call, known.organisation, said)
    if known and known.status != Interest.Status.WITHDRAWN and not known.may_be_changed_by(by):
        raise NotYoursError
    if known and known.status == Interest.Status.CONFIRMED:
        correcting.correct(
            known, said, consent_wording=consent_wording, language=language, by=by, organisation=organisation
        )
        return known
    is_owner = addresses.holds(by, address)
    facts = {
        # Who sends it once more from outside takes it away from no organisation.
        "organisation": organisation or (known.organisation if known and _waits(known) else None),
        "organisation_name": name,
        "language": language,
        "consent_wording": consent_wording,
        "user": by if is_owner else None,  # sent for somebody else it is theirs, not the sender's
    }
    return _keep(known or Interest(call=call, email=address), said | facts, is_owner=is_owner)


def _known(call: Call, organisation: Organisation | None, *, email: str, organisation_name: str) -> Interest | None:
    """What stands for the organisation, else what the address has under its name; held, so that neither is withdrawn
    while other answers are put into it.

    What one of its people sent from an address that is not proved gives way to what another sends.
    """
    rows = Interest.objects.select_for_update(of=("self",), no_key=True)
    own = rows.of_same(call, email=email, organisation_name=organisation_name).first()
    stands = rows.standing().filter(call=call, organisation=organisation).first() if organisation else None
    if stands is None or stands == own:
        return own
    if stands.status == Interest.Status.CONFIRMED:
        return stands
    Interest.objects.filter(pk=stands.pk).update(status=Interest.Status.WITHDRAWN)
    return own


def _refuse_others(call: Call, organisation: Organisation | None, said: dict[str, Any]) -> None:
    """Raise AlreadyShownError where other answers stand for an organisation; who writes in its name is no answer."""
    if organisation is None:
        return
    stands = Interest.objects.standing().filter(call=call, organisation=organisation).first()
    if stands and standing(stands) | {"contact_name": ""} != said | {"contact_name": ""}:
        raise AlreadyShownError


def _waits(interest: Interest) -> bool:
    return interest.pk is not None and interest.status == Interest.Status.PENDING


def _keep(interest: Interest, said: dict[str, Any], *, is_owner: bool) -> Interest:
    """Write an interest that does not count yet, and ask its address; its owner has said yes by sending."""
    waits = _waits(interest)
    is_repeated = waits and _is_fresh(interest)
    if not is_repeated:
        if not waits:
            # A new name: links in mails about the interest that was withdrawn stop working. Those that still wait for
            # their button keep working, whoever sends the form once more.
            interest.uuid = uuid.uuid4()
        interest.status = Interest.Status.PENDING
        interest.confirmed_at = None
        interest.created_at = Now()
    put(interest, said)
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
    stands = Interest.objects.standing().filter(pk=interest.pk, uuid=interest.uuid)
    if not stands.update(status=Interest.Status.WITHDRAWN, proposed=None):
        return False
    # With what was merged into it: links in those mails do not reach what the organisation may begin anew.
    interest.merged.filter(status=Interest.Status.MERGED).update(status=Interest.Status.WITHDRAWN)
    interest.refresh_from_db()
    emails.interest_withdrawn(interest)
    return True
