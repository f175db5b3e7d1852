"""Two interests of one organisation in one call become one: what does not go on stays for staff to read."""

from django.db.models import Case, Value, When

from consortia.interest.models import Interest
from partners.organisations.models import Organisation


def merge(gone: Interest, *, into: Interest) -> None:
    """Links in the mails of the one lead to the other from now on; what was withdrawn stays withdrawn.

    In the transaction that holds their call.
    """
    withdrawn = When(status=Interest.Status.WITHDRAWN, then=Value(Interest.Status.WITHDRAWN.value))
    with_it = Interest.objects.filter(pk=gone.pk) | Interest.objects.filter(merged_into=gone)
    with_it.update(status=Case(withdrawn, default=Value(Interest.Status.MERGED.value)), merged_into=into, proposed=None)


def give_way(gone: Interest, kept: Organisation) -> None:
    """Its organisation became one with another that shows interest in the same call already."""
    standing = Interest.objects.standing().filter(call=gone.call_id, organisation=kept).exclude(pk=gone.pk).get()
    if goes_before(gone, standing):
        merge(standing, into=gone)
    else:
        merge(gone, into=standing)
    Interest.objects.filter(pk=gone.pk).update(organisation=kept)


def goes_before(other: Interest, standing: Interest) -> bool:
    """Whether another one goes on in the place of what stands for the organisation: only what counts of it would."""
    return other.status == Interest.Status.CONFIRMED and standing.status == Interest.Status.PENDING
