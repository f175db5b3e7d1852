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
from consortia.declaration.models import Declaration
from consortia.filling.contents import Slot, contents, selected, selection
from consortia.filling.deadline import closing
from consortia.filling.models import TextVersion
from consortia.proposal import emails, recommended
from consortia.proposal.attested import attested
from consortia.proposal.models import Proposal, SubmittedPart
from consortia.receipts import clock
from consortia.receipts.issuing import issue
from consortia.receipts.models import Receipt


@transaction.atomic
def submit(consortium: Consortium, *, by: User, chosen: str | None = None, seen: str | None = None) -> Receipt:
    """Its receipt; the same versions sent again, the same one, as long as it counts.

    `chosen` are the versions that the page showed (`contents.selection`), else the last ones; `seen` is the number of
    the receipt that the page showed, or "": where another one counts by now, nobody overwrites it unseen.
    Raises RefusedError, which names what is missing.
    """
    arrived = clock.now()
    held = hold(consortium)
    acting = actor(held, by, "submit", now=arrived)
    last = held.proposals.select_related("receipt", "declaration").first()
    counts = last if last and not last.is_over else None
    slots = contents(held) if chosen is None else selected(held, chosen)
    these = selection(slots)
    said = acting.refusal("submit")
    if counts and not said and counts.selection == these:
        return counts.receipt
    acting.demand("submit")
    if late := closing(held.call, arrived).refusal:
        raise RefusedError(late)
    if barred := recommended.refusal(held):
        raise RefusedError(barred)
    if counts and seen is not None and counts.receipt.number != seen:
        raise RefusedError(_overtaken(counts))
    if missing := lacks(slots):
        raise RefusedError(" ".join(missing))
    number = last.number + 1 if last else 1
    receipt = issue(Receipt.Kind.PROPOSAL, attests=attested(held, slots, number=number), at=arrived)
    declared = Declaration.objects.standing().get(consortium=held)
    made = Proposal(consortium=held, declaration=declared, receipt=receipt, number=number, selection=these)
    made.submitted_at = arrived
    _keep(made, slots)
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


def _overtaken(counts: Proposal) -> str:
    said = gettext(
        "Somebody submitted it while you were looking: receipt %(number)s counts now. Nothing of yours is lost: look "
        "at what is there, and submit again if that is to count instead."
    )
    return said % {"number": counts.receipt.number}


def _keep(proposal: Proposal, slots: list[Slot]) -> None:
    proposal.save()
    rows = []
    for position, slot in enumerate((slot for slot in slots if slot.is_filled), start=1):
        what = {"text" if isinstance(slot.version, TextVersion) else "file": slot.version}
        rows.append(SubmittedPart(proposal=proposal, part=slot.part, position=position, **what))
    SubmittedPart.objects.bulk_create(rows)
