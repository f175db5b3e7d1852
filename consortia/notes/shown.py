"""Notes as lists show them, in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import QuerySet

from consortia.consortium.models import Consortium
from consortia.notes.models import Note

_FIRST = 3


@dataclass(frozen=True)
class Excerpt:
    """The newest, and how many there are."""

    rows: list[Note]
    number: int


def listed(consortium: Consortium) -> QuerySet[Note]:
    """The newest first, with who wrote and changed them."""
    return Note.objects.filter(consortium=consortium).select_related("by", "changed_by").order_by("-pk")


def excerpt(consortium: Consortium) -> Excerpt:
    """For the page of the consortium; in two queries."""
    return Excerpt(list(listed(consortium)[:_FIRST]), consortium.notes.count())
