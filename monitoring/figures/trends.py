"""How figures went: from what was kept of them, by months, or by longer parts of a long time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext

from hub.charts import lines
from hub.charts.lines import Line
from hub.dates.words import day as day_in_words
from hub.measures.spans import Span
from monitoring.figures import links, saying
from monitoring.figures.asking import Asked, today
from monitoring.figures.rules import Reader
from monitoring.figures.saying import Figure
from monitoring.indicators.models import Indicator
from monitoring.snapshots import words
from monitoring.snapshots.models import Snapshot

# Nobody draws more years than these.
YEARS = 10
# Months that one mark may stand for.
_STEPS = (1, 2, 3, 6, 12)
_SMALL = 64
# So many missed days are read, and so many of their runs are told.
_MISSED_READ, _MISSED_TOLD = 800, 8

Kept = Mapping[int, list[Snapshot]]


@dataclass(frozen=True)
class Point:
    """The last figure of a month, or of some months."""

    snapshot: Snapshot
    figure: Figure

    @property
    def day(self) -> date:
        return self.snapshot.day

    @property
    def is_corrected(self) -> bool:
        return self.snapshot.correction > 0

    @property
    def words(self) -> str:
        """For who does not see the drawing."""
        said = gettext("%(day)s: %(figure)s") % {"day": day_in_words(self.day), "figure": self.figure.said}
        return f"{said} ({gettext('corrected')})" if self.is_corrected else said


@dataclass(frozen=True)
class Trend:
    """A line, with all its points for the table beside it."""

    line: Line[Point] | None
    points: list[Point]
    months: int
    ticks: list[tuple[int, str]]

    @property
    def first(self) -> Point:
        return self.points[0]

    @property
    def last(self) -> Point:
        return self.points[-1]

    @property
    def lowest(self) -> Point | None:
        return min(self._shown, key=lambda point: point.figure.amount or 0, default=None)

    @property
    def highest(self) -> Point | None:
        return max(self._shown, key=lambda point: point.figure.amount or 0, default=None)

    @property
    def _shown(self) -> list[Point]:
        return [point for point in self.points if point.figure.amount is not None]


def last_of_months(indicators: Iterable[Indicator]) -> Kept:
    """What was kept last in each month, by indicator, in one query; of a day its last correction."""
    found: defaultdict[int, list[Snapshot]] = defaultdict(list)
    since = today().replace(day=1) - timedelta(days=366 * YEARS)
    rows = (
        Snapshot.objects.whole()
        .told()
        .filter(indicator__in=[each.pk for each in indicators], day__gte=since)
        .annotate(month=TruncMonth("day"))
        .order_by("indicator_id", "month", F("day").desc(), F("correction").desc())
        .distinct("indicator_id", "month")
    )
    for row in rows:
        found[row.indicator_id].append(row)
    return found


def newest(indicators: Iterable[Indicator]) -> dict[int, Snapshot]:
    """What was kept last of each, in one query: of those that are entered by hand it is the figure now."""
    wanted = [each.pk for each in indicators]
    if not wanted:
        return {}
    rows = Snapshot.objects.whole().told().filter(indicator__in=wanted)
    last = rows.order_by("indicator_id", F("day").desc(), F("correction").desc()).distinct("indicator_id")
    return {row.indicator_id: row for row in last}


def trend(
    reader: Reader, indicator: Indicator, kept: list[Snapshot], *, target: Decimal | None = None, small: bool = False
) -> Trend | None:
    """The way of one, as far as it was kept; a line has two figures at least."""
    if not kept:
        return None
    months, chosen = _thinned(kept)
    points = [Point(row, _figure(reader, indicator, row)) for row in chosen]
    start = _place(chosen[0].day, months)
    # What is counted breaks where nothing was kept; who enters figures by hand does so when there are some.
    places = [_place(row.day, months) - start if indicator.is_counted else at for at, row in enumerate(chosen)]
    drawn = [
        (place, point.figure.amount, point)
        for place, point in zip(places, points, strict=True)
        if point.figure.amount is not None
    ]
    line = None
    if len(drawn) > 1:
        height = _SMALL if small else lines.HEIGHT
        line = lines.line(drawn, places=places[-1] + 1, target=target, height=height)
    ticks = [(tick.y, words.number(tick.figure)) for tick in line.ticks] if line else []
    return Trend(line, points, months, ticks)


def missed(indicator: Indicator) -> list[tuple[date, date]]:
    """Runs of days of which nobody knows the figure, the last first."""
    rows = Snapshot.objects.whole().standing().filter(indicator=indicator, number=None, amount=None)
    runs: list[tuple[date, date]] = []
    for day in rows.order_by("-day").values_list("day", flat=True)[:_MISSED_READ]:
        if runs and runs[-1][0] - day == timedelta(days=1):
            runs[-1] = (day, runs[-1][1])
        else:
            runs.append((day, day))
    return runs[:_MISSED_TOLD]


def _figure(reader: Reader, indicator: Indicator, row: Snapshot) -> Figure:
    """With the way to the records as of that day."""
    measure = indicator.measure
    url = ""
    if measure and row.number:
        url = links.records(reader, indicator, measure, Asked(Span(row.day)))
    return saying.kept(indicator, row, url=url)


def _thinned(kept: list[Snapshot]) -> tuple[int, list[Snapshot]]:
    """How many months a mark stands for, and the last of each: so few that all can be met with a finger."""
    for months in _STEPS:
        places = _place(kept[-1].day, months) - _place(kept[0].day, months) + 1
        if places <= lines.MOST:
            break
    last = {_place(row.day, months): row for row in kept}
    return months, list(last.values())


def _place(day: date, months: int) -> int:
    return (day.year * 12 + day.month - 1) // months
