"""All figures by area: each as it is now, what it is to reach, where it began, and its way since."""

from collections.abc import Iterable
from dataclasses import dataclass

from hub.measures import counting
from hub.measures.counting import Value
from hub.measures.registry import Area, Kind, Measure
from hub.measures.spans import Span
from monitoring.figures import aims, links, saying, trends
from monitoring.figures.aims import Aim
from monitoring.figures.asking import Asked, today
from monitoring.figures.off_target import off_target
from monitoring.figures.rules import Reader
from monitoring.figures.saying import Figure
from monitoring.figures.trends import Trend
from monitoring.indicators.models import Indicator
from monitoring.snapshots.models import Snapshot


@dataclass(frozen=True)
class Line:
    """One indicator."""

    indicator: Indicator
    url: str
    now: Figure
    aim: Aim
    trend: Trend | None
    # Of what was entered by hand, the day that it is of.
    snapshot: Snapshot | None = None
    is_since_ever: bool = False


def areas(reader: Reader, *, missed: bool = False) -> list[tuple[str, str, list[Line]]]:
    """Code and name of each area that has indicators, with them; in a fixed number of queries.

    `missed` leaves those that have not reached their target.
    """
    indicators = off_target(reader.indicators()) if missed else reader.indicators()
    shown = list(indicators.prefetch_related("targets"))
    lines = list(_lines(reader, shown))
    found = ((area, [line for line in lines if line.indicator.area == area.value]) for area in Area)
    return [(area.value, str(area.label), those) for area, those in found if those]


def _lines(reader: Reader, shown: list[Indicator]) -> Iterable[Line]:
    measures = {each.pk: measure for each in shown if (measure := each.measure)}
    span = Span(today())
    values = counting.values(measures.values(), span)
    newest = trends.newest(each for each in shown if each.pk not in measures)
    kept = trends.last_of_months(shown)
    for each in shown:
        measure = measures.get(each.pk)
        value = values[measure.code] if measure else None
        yield _line(reader, each, measure, value, newest.get(each.pk), kept.get(each.pk, []))


def _line(
    reader: Reader,
    indicator: Indicator,
    measure: Measure | None,
    value: Value | None,
    newest: Snapshot | None,
    kept: list[Snapshot],
) -> Line:
    now = now_of(reader, indicator, measure, value, newest)
    return Line(
        indicator,
        links.indicator(reader, indicator),
        now,
        aims.of(indicator, measure, now),
        trends.trend(reader, indicator, kept, small=True),
        None if measure else newest,
        is_since_ever=bool(measure and measure.kind is Kind.HAPPENED),
    )


def now_of(
    reader: Reader,
    indicator: Indicator,
    measure: Measure | None,
    value: Value | None,
    newest: Snapshot | None,
) -> Figure:
    """The figure now: counted, or the last one that was kept."""
    if measure and value is not None:
        return saying.of(reader, indicator, measure, value, Asked(Span(today())))
    if newest is None:
        return Figure(saying.NOTHING)
    url = "" if indicator.is_counted else links.records(reader, indicator, None)
    return saying.kept(indicator, newest, url=url)
