"""What was corrected of a figure, and what was said about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from hub.measures.registry import Breakdown, Measure
from monitoring.comments.models import Comment
from monitoring.figures import parts, saying
from monitoring.figures.rules import Reader
from monitoring.indicators.models import Indicator
from monitoring.snapshots.models import Snapshot

# So many corrections, and so many comments, on the page of a figure.
SHOWN = 50


@dataclass(frozen=True)
class Correction:
    """What it was taken for, what it is, and why; of a part of people only that it was corrected."""

    row: Snapshot
    part: str
    before: str
    after: str


def corrections(indicator: Indicator, measure: Measure | None) -> list[Correction]:
    """The last ones, with what they corrected; in two queries where there are some. `measure` remembers its names."""
    corrected = Snapshot.objects.filter(indicator=indicator, correction__gt=0).select_related("by")
    rows = list(corrected.order_by("-at", "-pk")[:SHOWN])
    if not rows:
        return []
    around = Snapshot.objects.filter(
        indicator=indicator,
        day__in={row.day for row in rows},
        breakdown__in={row.breakdown for row in rows},
        key__in={row.key for row in rows},
    )
    known = {(row.day, row.breakdown, row.key, row.correction): row for row in around}
    breakdowns = measure.breakdowns if measure else indicator.breakdowns
    before = [known.get((row.day, row.breakdown, row.key, row.correction - 1)) for row in rows]
    return [
        _correction(indicator, row, earlier, part=_part(breakdowns, row))
        for row, earlier in zip(rows, before, strict=True)
    ]


def comments(reader: Reader, indicator: Indicator) -> QuerySet[Comment]:
    """The last ones that this reader sees."""
    of_it = Comment.objects.filter(indicator=indicator).select_related("by")
    return (of_it if reader.is_staff else of_it.public())[:SHOWN]


def _correction(indicator: Indicator, row: Snapshot, before: Snapshot | None, *, part: str) -> Correction:
    if part and indicator.is_about_people:
        return Correction(row, part, "", "")
    was = saying.kept(indicator, before).said if before else ""
    return Correction(row, part, was, saying.kept(indicator, row).said)


def _part(breakdowns: Sequence[Breakdown], row: Snapshot) -> str:
    if not row.breakdown:
        return ""
    breakdown = next((each for each in breakdowns if each.code == row.breakdown), None)
    return parts.label_of(breakdown, row.key) if breakdown else row.key
