"""What the demo's centre promises: baselines and targets of a few figures, and which ones everybody reads."""

from datetime import timedelta

from django.utils import timezone

from hub.dates.brussels import local
from monitoring.indicators.installing import install
from monitoring.indicators.models import Indicator, Target
from monitoring.snapshots import taking
from nccsi.demo.reading import words

FILE = "targets.toml"
MONTHS = 12


def load() -> int:
    """Sets them once: after that they belong to those who try the demo out. Says of how many figures."""
    if Target.objects.filter(indicator__is_counted=True).exists():
        return 0
    install()
    told = words.read(FILE)
    Indicator.objects.update(is_public=False)
    Indicator.objects.filter(code__in=told["public"]).update(is_public=True)
    known = {indicator.code: indicator for indicator in Indicator.objects.all()}
    for row in told["indicator"]:
        indicator = known[row["code"]]
        indicator.baseline, indicator.baseline_on = row["baseline"], row["baseline_on"]
        indicator.targets = [Target(sort_order=place, **each) for place, each in enumerate(row["targets"])]
        indicator.full_clean()
        indicator.save()
    _keep_what_can_be_told()
    return len(told["indicator"])


def _keep_what_can_be_told() -> None:
    """The ends of the last twelve months, of figures whose records tell how they were, so that there is a trend."""
    today = local(timezone.now()).date()
    ends = [today.replace(day=1) - timedelta(days=1)]
    while len(ends) < MONTHS:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    for day in reversed(ends):
        taking.take(day)
