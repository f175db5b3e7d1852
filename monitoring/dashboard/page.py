"""The page of one indicator: what it says, how it is counted, its parts, its way, and what was said about it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from hub.measures import counting
from hub.measures.registry import Kind, Measure
from hub.measures.spans import Span
from monitoring.dashboard import history, overview
from monitoring.figures import aims, links, parts, saying, trends
from monitoring.figures.asking import Asked, PeriodForm, today
from monitoring.figures.parts import Parts
from monitoring.figures.rules import Reader
from monitoring.figures.saying import Figure
from monitoring.indicators.models import Indicator
from monitoring.snapshots.models import Snapshot


@dataclass(frozen=True)
class Period:
    """A figure of some days, and perhaps of others to hold it against."""

    span: Span
    figure: Figure
    other_span: Span | None = None
    other: Figure | None = None
    difference: str = ""


def context(reader: Reader, indicator: Indicator, data: Any) -> dict[str, Any]:
    """All that its template shows; the period is asked for by `data`."""
    measure = parts.named(indicator.measure) if indicator.measure else None
    form = PeriodForm.of(data) if measure and measure.kind is Kind.HAPPENED else None
    value = counting.value(measure, Span(today())) if measure else None
    newest = None if measure else trends.newest([indicator]).get(indicator.pk)
    now = overview.now_of(reader, indicator, measure, value, newest)
    aim = aims.of(indicator, measure, now)
    target = aim.target.figure if aim.target else None
    kept = trends.last_of_months([indicator]).get(indicator.pk, [])
    period = _period(reader, indicator, measure, form) if measure and form else None
    about = Span(today()) if form is None else form.span
    return {
        "reader": reader,
        "indicator": indicator,
        "counted": how(indicator),
        "now": now,
        "now_of": newest,
        "is_since_ever": form is not None,
        "aim": aim,
        "form": form,
        "period": period,
        "breakdowns": _breakdowns(reader, indicator, measure, about, newest),
        "trend": trends.trend(reader, indicator, kept, target=target),
        "missed": trends.missed(indicator) if measure else [],
        "corrections": history.corrections(indicator, measure),
        "comments": history.comments(reader, indicator),
        "records_url": links.records(reader, indicator, None) if not indicator.is_counted else "",
        "may_open": measure is None or reader.may_open(measure),
    }


def _breakdowns(
    reader: Reader, indicator: Indicator, measure: Measure | None, about: Span | None, newest: Snapshot | None
) -> list[Parts]:
    """Counted of the days that are asked for, or as they were entered with the figure now."""
    if measure:
        return parts.of(reader, indicator, measure, about) if about else []
    return parts.entered(indicator, newest) if newest else []


def how(indicator: Indicator) -> list[str]:
    """How it is counted, in sentences."""
    measure = indicator.measure
    if measure is None:
        if indicator.is_counted:
            return [gettext("The portal does not count it any more. The last figure that was kept is shown.")]
        return [gettext("It is entered by hand, each figure with its source.")]
    said = [
        gettext("The portal counts its records anew each time: those that stand on that day.")
        if measure.kind is Kind.STANDING
        else gettext("The portal counts its records anew each time: those of the days that are asked for.")
    ]
    if measure.whole:
        said.append(gettext("It is a share: how many, of how many, in per cent. Percentages are never averaged."))
    if measure.middle:
        said.append(gettext("It is the median: half of the records lie below it, half above."))
    if not measure.anew:
        said.append(
            gettext("Its records do not tell how they were on a day long past; the figures kept for each day do.")
        )
    if measure.people:
        said.append(gettext("Fewer than five people are not shown, and no people to visitors."))
    return said


def _period(reader: Reader, indicator: Indicator, measure: Measure, form: PeriodForm) -> Period | None:
    if form.span is None:
        return None
    figure = _of(reader, indicator, measure, form.span)
    if form.other is None:
        return Period(form.span, figure)
    other = _of(reader, indicator, measure, form.other)
    difference = ""
    if figure.amount is not None and other.amount is not None:
        share = saying.is_share(measure)
        difference = saying.difference(figure.amount, other.amount, share=share)
    return Period(form.span, figure, form.other, other, difference)


def _of(reader: Reader, indicator: Indicator, measure: Measure, span: Span) -> Figure:
    return saying.of(reader, indicator, measure, counting.value(measure, span), Asked(span))
