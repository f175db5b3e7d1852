"""Which organisations of a consortium have a letter of endorsement there."""

from collections.abc import Collection

from consortia.consortium.models import Consortium, Member
from consortia.documents.models import Document


def endorsed(consortia: Collection[Consortium]) -> set[int]:
    """The keys of their standing members with a letter, in one query."""
    letters = Document.objects.filter(consortium__in=consortia, kind=Document.Kind.LETTER)
    found = letters.filter(endorses__status__in=Member.STANDING).order_by()
    return set(found.values_list("endorses", flat=True).distinct())


def give_way(gone: Member, stays: Member) -> None:
    """Two organisations in it became one: what one of them added or got is the other's."""
    Document.objects.filter(endorses=gone).update(endorses=stays)
    Document.objects.filter(added_by=gone).update(added_by=stays)
