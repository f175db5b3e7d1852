"""A declaration is void once one of its organisations is out of the consortium: visibly, and all hear of it."""

from django.db.models.functions import Now

from consortia.consortium.models import Consortium, Entry, Member
from consortia.declaration import emails
from consortia.declaration.models import Declaration


def void(consortium: Consortium, *, gone: Member, is_merged: bool = False) -> bool:
    """In the transaction that holds it, after the organisation went; False where nothing was declared.

    `is_merged`: it became one with another that stays in it, so there is one organisation less.

    The consortium is a draft again: what is left is signed anew, and declared again where the deadline allows it.
    """
    standing = Declaration.objects.standing().filter(consortium=consortium).select_related("receipt").first()
    if standing is None:
        return False
    Declaration.objects.filter(pk=standing.pk).update(ended_at=Now(), why=Declaration.Why.VOID)
    consortium.status = Consortium.Status.DRAFT
    Consortium.objects.filter(pk=consortium.pk).update(status=consortium.status)
    Entry.objects.create(
        consortium=consortium,
        action="void_merged" if is_merged else "void",
        organisation_name=gone.organisation.name,
        note=standing.receipt.number,
    )
    emails.voided(consortium, standing.receipt, gone=gone, is_merged=is_merged)
    return True
