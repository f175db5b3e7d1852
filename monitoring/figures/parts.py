"""The parts of a figure, told apart by sector, country and the like."""

from dataclasses import dataclass, replace
from functools import cache

from django.utils.translation import get_language, gettext

from hub.charts import bars
from hub.charts.bars import Bars
from hub.content_memory.content_version import remembered
from hub.measures import counting, small_numbers
from hub.measures.counting import UNKNOWN, Value
from hub.measures.registry import Breakdown, Measure
from hub.measures.spans import Span
from monitoring.figures import saying
from monitoring.figures.asking import Asked
from monitoring.figures.rules import Reader
from monitoring.figures.saying import Figure
from monitoring.indicators.models import Indicator
from monitoring.snapshots.models import Snapshot


@dataclass(frozen=True)
class Part:
    """One key of a breakdown."""

    label: str
    figure: Figure

    @property
    def words(self) -> str:
        """For who does not see the drawing."""
        return gettext("%(label)s: %(figure)s") % {"label": self.label, "figure": self.figure.said}


@dataclass(frozen=True)
class Parts:
    """A breakdown, drawn and as a table."""

    breakdown: Breakdown
    parts: list[Part]
    drawing: Bars[Part]

    @property
    def code(self) -> str:
        return self.breakdown.code


def of(reader: Reader, indicator: Indicator, measure: Measure, span: Span) -> list[Parts]:
    """Each breakdown that has parts; the figures come in one statement."""
    values = counting.all_parts(measure, span)
    found = [_parts(reader, indicator, measure, span, each, values[each.code]) for each in measure.breakdowns]
    return [each for each in found if each.parts]


def entered(indicator: Indicator, newest: Snapshot) -> list[Parts]:
    """Those that were entered by hand with this figure, of the same day."""
    rows = Snapshot.objects.standing().filter(indicator=indicator, day=newest.day).exclude(breakdown="")
    by_code = {each.code: [row for row in rows if row.breakdown == each.code] for each in indicator.breakdowns}
    return [
        _entered(indicator, newest, each, by_code[each.code]) for each in indicator.breakdowns if by_code[each.code]
    ]


def _entered(indicator: Indicator, newest: Snapshot, breakdown: Breakdown, rows: list[Snapshot]) -> Parts:
    values = {row.key: saying.people(row) for row in rows}
    hide = set(values) if saying.tells_of_few(indicator, newest) else small_numbers.hidden(values)
    by_key = {row.key: row for row in rows if row.key != UNKNOWN or row.amount}
    found = [
        Part(label_of(breakdown, key), saying.kept(indicator, by_key[key], hide=key in hide))
        for key in [*breakdown.names(), UNKNOWN]
        if key in by_key
    ]
    return _drawn(breakdown, found)


def _drawn(breakdown: Breakdown, found: list[Part]) -> Parts:
    shown = [(part.label, part.figure.amount, part) for part in found if part.figure.amount is not None]
    return Parts(breakdown, found, bars.bars(shown))


def hidden(measure: Measure, values: dict[str, Value]) -> set[str]:
    """The keys whose figures tell of so few people that they are not shown, and those that would tell theirs."""
    if not measure.people:
        return set()
    few = {key for key, value in values.items() if saying.is_hidden(measure, value)}
    return small_numbers.hidden(values) | few


def label_of(breakdown: Breakdown, key: str) -> str:
    """What a key is called; one that nothing names any more says itself."""
    return gettext("not known") if key == UNKNOWN else str(breakdown.names().get(key, key))


def _parts(
    reader: Reader, indicator: Indicator, measure: Measure, span: Span, breakdown: Breakdown, values: dict[str, Value]
) -> Parts:
    hide = hidden(measure, values)
    found = [
        Part(
            label_of(breakdown, key),
            saying.of(reader, indicator, measure, value, Asked(span, breakdown.code, key), hide=key in hide),
        )
        for key, value in values.items()
    ]
    return _drawn(breakdown, found)


def named(measure: Measure) -> Measure:
    """The same with the names of its parts remembered, and read once for a page at most."""

    def once(breakdown: Breakdown) -> Breakdown:
        place = ("names of parts", measure.code, breakdown.code, get_language())
        return replace(breakdown, names=cache(lambda: remembered(place, lambda: dict(breakdown.names()))))

    return replace(measure, breakdowns=tuple(once(each) for each in measure.breakdowns))
