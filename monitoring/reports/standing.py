"""What became of the figures of a published report: corrected since, or still read the same from what was kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from monitoring.indicators.models import Indicator
from monitoring.reports.contents import contents, digest, points
from monitoring.reports.models import Report
from monitoring.snapshots.models import Snapshot

_NUMBERS = ("rows", "indicator", "breakdown")


@dataclass(frozen=True)
class Corrected:
    """What a figure of a report is now, since when, and why."""

    snapshot: Snapshot

    @property
    def at(self) -> datetime:
        """When it was corrected last."""
        return self.snapshot.at


def corrected(told: dict[str, Any]) -> dict[int, Corrected]:
    """By the key of the row that the report read: those that another row corrects by now. In two queries."""
    same = {name: OuterRef(name) for name in ("indicator", "day", "breakdown", "key")}
    last = Snapshot.objects.filter(**same).order_by("-correction").values("pk")[:1]
    asked = [each["snapshot"] for each in points(told)]
    by_row = dict(Snapshot.objects.filter(pk__in=asked).annotate(last=Subquery(last)).values_list("pk", "last"))
    later = Snapshot.objects.in_bulk([new for old, new in by_row.items() if new != old])
    return {old: Corrected(later[new]) for old, new in by_row.items() if new in later}


def is_intact(report: Report) -> bool:
    """Whether its content is the one that its SHA-256 is of."""
    return digest(report.content) == report.digest


def reads_the_same(report: Report) -> bool | None:
    """Whether what was kept still gives its figures; nothing where an indicator of it is gone."""
    told = report.told
    named = {part["figure"]["indicator"] for part in told["parts"] if "figure" in part}
    if report.known_at is None or Indicator.objects.filter(code__in=named).count() < len(named):
        return None
    again = contents(report, report.known_at)
    return [_numbers(part) for part in told["parts"]] == [_numbers(part) for part in again["parts"]]


def _numbers(part: dict[str, Any]) -> Any:
    """The figures of a part without their words, which staff may change."""
    figure = part.get("figure")
    if not figure:
        return None
    rows = [{name: value for name, value in row.items() if name != "name"} for row in figure["rows"]]
    return figure["indicator"], figure["breakdown"], sorted(rows, key=lambda row: (not row["whole"], row["key"]))
