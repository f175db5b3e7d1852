"""A consortium submits its proposal: complete, before the deadline, and again as often as it wants.

What counts is the arrival of the complete request by the database's clock. What is submitted are the versions that the
page showed, whatever somebody saved meanwhile: who submits knows what, and nobody's saving makes anybody late.
"""

from django.db import transaction
from django.utils.translation import gettext

from accounts.users.models import User
from consortia.consortium.acting import actor, hold, note
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.filling.contents import Slot, contents, selected, selection
from consortia.filling.deadline import closing
from consortia.filling.models import TextVersion
from consortia.proposal import emails
from consortia.proposal.attested import attested
from consortia.proposal.models import Proposal, SubmittedPart
from consortia.receipts import clock
from consortia.receipts.issuing import issue
from consortia.receipts.models import Receipt


@transaction.atomic
def submit(consortium: Consortium, *, by: User, chosen: str | None = None, seen: str | None = None) -> Receipt:
    """Its receipt; the same versions sent again, the same one. Raises RefusedError, which names what is missing.

    `chosen` are the versions that the page showed (`contents.selection`), else the last ones; `seen` is the number of
    the receipt that counted there, or "": where another one was made since, nobody overwrites it unseen.
    """
    arrived = clock.now()
    held = hold(consortium)
    acting = actor(held, by, "submit", now=arrived)
    last = held.proposals.select_related("receipt").first()
    slots = contents(held) if chosen is None else selected(held, chosen)
    these = selection(slots)
    said = acting.refusal("submit")
    if last and not said and last.selection == these:
        return last.receipt
    acting.demand("submit")
    if late := closing(held.call, arrived).refusal:
        raise RefusedError(late)
    if last and seen is not None and last.receipt.number != seen:
        raise RefusedError(_overtaken(last))
    if missing := lacks(slots):
        raise RefusedError(" ".join(missing))
    number = last.number + 1 if last else 1
    receipt = issue(Receipt.Kind.PROPOSAL, attests=attested(held, slots, number=number), at=arrived)
    _keep(Proposal(consortium=held, receipt=receipt, number=number, selection=these, submitted_at=arrived), slots)
    note(acting, "submit", note=receipt.number)
    emails.submitted(held, receipt, number=number)
    return receipt


def lacks(slots: list[Slot]) -> list[str]:
    """What keeps a proposal from being submitted, a sentence for each part."""
    if not slots:
        return [gettext("The centre has not said yet what a proposal has in this call. Ask it.")]
    said = gettext("“%(part)s”: %(lack)s.")
    failing = [said % {"part": slot.part, "lack": slot.lack.rstrip(".")} for slot in slots if slot.lack]
    if not failing and not any(slot.is_filled for slot in slots):
        return [gettext("Nothing is filled in yet.")]
    return failing


def _overtaken(last: Proposal) -> str:
    said = gettext(
        "Somebody submitted it while you were looking: receipt %(number)s counts now. Nothing of yours is lost: look "
        "at what is there, and submit again if that is to count instead."
    )
    return said % {"number": last.receipt.number}


def _keep(proposal: Proposal, slots: list[Slot]) -> None:
    proposal.save()
    rows = []
    for position, slot in enumerate((slot for slot in slots if slot.is_filled), start=1):
        what = {"text" if isinstance(slot.version, TextVersion) else "file": slot.version}
        rows.append(SubmittedPart(proposal=proposal, part=slot.part, position=position, **what))
    SubmittedPart.objects.bulk_create(rows)
