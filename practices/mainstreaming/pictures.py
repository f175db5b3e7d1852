"""In which stage each practice was on a day, as an expression: what the tracker counts is what it lists."""

from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from practices.mainstreaming.models import StageMove


def stage_on(day: date) -> Any:
    """The key of the stage at the end of that day; NULL where nobody knows.

    A practice without a history is counted by its present stage on every day; before the first move that is known, by
    where that move came from. Only what moved since is looked up in the history.
    """
    history = StageMove.objects.filter(practice=OuterRef("pk")).counting()
    then = history.filter(on__lte=day).latest_first().values("stage")[:1]
    before = history.in_order().values("before")[:1]
    still = Q(stage_since__isnull=True) | Q(stage_since__lte=day)
    key = BigIntegerField()
    known = Coalesce(Subquery(then, output_field=key), Subquery(before, output_field=key))
    return Case(When(still, then=F("stage_id")), default=known, output_field=key)
