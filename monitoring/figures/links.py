"""Where a reader finds figures and their records."""

from django.urls import reverse

from hub.measures.registry import Measure
from monitoring.figures.asking import Asked
from monitoring.figures.rules import Reader
from monitoring.indicators.models import Indicator


def overview(reader: Reader) -> str:
    """All figures."""
    return reverse("monitoring_admin_figures" if reader.is_staff else "monitoring:figures")


def indicator(reader: Reader, shown: Indicator) -> str:
    """The page of one."""
    return reverse("monitoring_admin_figure" if reader.is_staff else "monitoring:figure", args=[shown.code])


def records(reader: Reader, shown: Indicator, measure: Measure | None, asked: Asked | None = None) -> str:
    """The records that a figure counts, or what was entered by hand; nothing where they are not for this reader."""
    if measure and not reader.may_open(measure):
        return ""
    address = reverse("monitoring_admin_records" if reader.is_staff else "monitoring:records", args=[shown.code])
    return f"{address}?{asked.query}" if asked else address
