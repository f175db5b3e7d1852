"""Tasks as lists show them, in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from consortia.consortium.models import Consortium
from consortia.to_do.models import Task

_FIRST = 5


@dataclass(frozen=True)
class Excerpt:
    """What is due first, and how many are open."""

    rows: list[Task]
    number: int


def listed(consortium: Consortium) -> QuerySet[Task]:
    """What is open first, by its day; what is done last, the latest first."""
    found = Task.objects.filter(consortium=consortium).select_related("member__organisation", "person")
    return found.order_by(F("done_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")


def excerpt(consortium: Consortium) -> Excerpt:
    """For the page of the consortium; in two queries."""
    found = consortium.tasks.open()
    return Excerpt(list(found.in_order().select_related("member__organisation", "person")[:_FIRST]), found.count())
