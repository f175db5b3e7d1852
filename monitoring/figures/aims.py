"""What a figure is to reach, how far it is from it, and where it began."""

from dataclasses import dataclass
from datetime import date

from hub.measures.registry import Measure
from monitoring.figures import saying
from monitoring.figures.asking import today
from monitoring.figures.saying import Figure
from monitoring.indicators.models import Indicator, Target
from monitoring.snapshots import words


@dataclass(frozen=True)
class Aim:
    """The next target, or the last one that is past; the baseline; each in words where there is one."""

    target: Target | None = None
    target_said: str = ""
    distance: str = ""
    is_past: bool = False
    baseline_said: str = ""
    baseline_on: date | None = None


def of(indicator: Indicator, measure: Measure | None, now: Figure) -> Aim:
    """Of an indicator whose targets were read."""
    share = saying.is_share(measure)
    baseline = "" if indicator.baseline is None else words.number(indicator.baseline, percent=share)
    target = _next(list(indicator.targets.all()))
    if target is None:
        return Aim(baseline_said=baseline, baseline_on=indicator.baseline_on)
    distance = ""
    if now.amount is not None:
        distance = saying.distance(indicator, now.amount, target.figure, share=share)
    return Aim(
        target,
        words.number(target.figure, percent=share),
        distance,
        target.by < today(),
        baseline,
        indicator.baseline_on,
    )


def _next(targets: list[Target]) -> Target | None:
    ordered = sorted(targets, key=lambda target: target.by)
    coming = [target for target in ordered if target.by >= today()]
    return coming[0] if coming else (ordered[-1] if ordered else None)
