"""The mail that tells of a submitted proposal: to the people of every organisation in the consortium."""

from django.urls import reverse

from consortia.consortium import emails
from consortia.consortium.models import Consortium
from consortia.receipts.models import Receipt


def submitted(consortium: Consortium, receipt: Receipt, *, number: int) -> None:
    """The receipt: number, time, hash, and where it is verified; `number` is how often it was submitted by now."""
    for member, people in emails.people_of(consortium.members.standing().select_related("organisation")):
        emails.tell(
            "proposal_submitted",
            consortium,
            people,
            about="proposal",
            url=lambda: reverse("consortia:receipt", args=[receipt.number]),
            organisation=member.organisation.name,
            number=receipt.number,
            submitted_at=receipt.at.isoformat(),
            sha256=receipt.digest,
            is_again=number > 1,
        )
