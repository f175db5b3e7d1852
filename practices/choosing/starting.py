"""What a comparison can begin with, for who has chosen nothing yet."""

from collections.abc import Collection

from django.db.models import Count

from practices.practice.models.practice import Practice
from practices.reuse.models.reuses import Reuse

_MOST = 6


def suggested(*, beside: Collection[str]) -> list[Practice]:
    """A few practices besides these: those that others took up most, then the newest."""
    public = Practice.objects.public().exclude(slug__in=beside)
    times = Reuse.objects.public().filter(practice__in=public).order_by().values("practice").annotate(times=Count("pk"))
    keys = [row["practice"] for row in times.order_by("-times", "-practice")[:_MOST]]
    found = public.in_bulk(keys)
    taken_up = [found[key] for key in keys if key in found]
    return [*taken_up, *public.exclude(pk__in=keys).newest_first()[: _MOST - len(taken_up)]]
