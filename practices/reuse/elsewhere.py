"""What a reader's situation is held against besides a practice itself: where it was taken up and did well."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from practices.context.facts import Elsewhere
from practices.reuse.models.reuses import Reuse, ReuseQuerySet
from practices.reuse.models.versions import Outcome

# What stopped or failed is no ground to say that it fits, and of what has just begun nobody knows yet.
_DID_WELL = (Outcome.WORKS, Outcome.PART)


class WhereItDidWell:
    """The reports that visitors can read, for `practices.context.facts`."""

    def told(self, practices: Sequence[int], /) -> Mapping[int, Sequence[Elsewhere]]:
        """Of these practices, by key, those that began last first; what it cost is what it cost in a year.

        Of each practice the last one of every country and region, and the cheapest: nothing else is ever said of a
        situation, and of a practice that a thousand took up the page reads no thousand reports.
        """
        rows = _telling(practices).with_facts().select_related("practice").newest_first()
        found: dict[int, list[Elsewhere]] = defaultdict(list)
        for row in rows:
            cost = row.shown.actual_cost if row.shown else None
            found[row.practice_id].append(
                Elsewhere(
                    where=row.place or row.name,
                    country=row.country.code if row.country else "",
                    region=row.region.code if row.region else "",
                    cost=None if cost is None else int(cost),
                    url=row.get_absolute_url(),
                )
            )
        return found

    def in_country(self, code: str, /) -> QuerySet[Any, Any]:
        """The keys of the practices that did well in this country; those that are not public are among them."""
        there = _did_well(Reuse.objects.public_with_practice()).filter(
            country__vocabulary="country", country__code=code
        )
        return there.order_by().values("practice_id")


def _telling(practices: Sequence[int]) -> ReuseQuerySet:
    there = _did_well(Reuse.objects.public()).filter(practice__in=practices)
    last, place = there.newest_first(), ("practice_id", "country_id", "region_id")
    last_of_each = last.order_by(*place, *last.query.order_by).distinct(*place)
    cheapest = there.filter(shown__actual_cost__isnull=False).order_by("practice_id", "shown__actual_cost", "-pk")
    return there.filter(Q(pk__in=last_of_each.values("pk")) | Q(pk__in=cheapest.distinct("practice_id").values("pk")))


def _did_well(rows: ReuseQuerySet) -> ReuseQuerySet:
    return rows.filter(shown__outcome__in=_DID_WELL)
