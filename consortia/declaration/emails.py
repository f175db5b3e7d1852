"""The mails that tell of a declaration: to the people of every organisation in it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from consortia.consortium import emails
from consortia.consortium.models import Consortium, Member
from consortia.declaration.deadline import closing
from consortia.receipts.models import Receipt


def declared(consortium: Consortium, receipt: Receipt) -> None:
    """The receipt: number, time, hash, and where it is verified."""
    _tell("consortium_declared", consortium, receipt, _partners(consortium), sha256=receipt.digest)


def withdrawn(consortium: Consortium, receipt: Receipt) -> None:
    """Those who lead withdrew it."""
    _tell("declaration_withdrawn", consortium, receipt, _partners(consortium))


def voided(consortium: Consortium, receipt: Receipt, *, gone: Member, is_merged: bool) -> None:
    """An organisation is out of it; the mail to the lead says what to do. Who is out hears it, too."""
    is_late = closing(consortium.call).is_past
    told = {"gone": gone.organisation.name, "is_late": is_late, "is_merged": is_merged}
    out = [] if is_merged else [gone]
    _tell("declaration_void", consortium, receipt, [*_partners(consortium), *out], **told)


def _partners(consortium: Consortium) -> Iterable[Member]:
    return consortium.members.standing().select_related("organisation")


def _tell(kind: str, consortium: Consortium, receipt: Receipt, partners: Iterable[Member], **told: Any) -> None:
    for member, people in emails.people_of(partners):
        emails.tell(
            kind,
            consortium,
            people,
            about="declaration",
            url=lambda: reverse("consortia:receipt", args=[receipt.number]),
            organisation=member.organisation.name,
            is_lead=member.is_lead,
            number=receipt.number,
            declared_at=receipt.at.isoformat(),
            **told,
        )
