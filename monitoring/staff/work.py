"""What waits for staff about figures: those that have not reached their target."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from accounts.day.work import Line
from monitoring.figures.off_target import off_target
from monitoring.figures.rules import may_see
from monitoring.indicators.models import Indicator


def work(user: Any) -> Iterator[Line]:
    """For those who see all figures."""
    if may_see(user):
        url = f"{reverse('monitoring_admin_figures')}?target=missed"
        rows = off_target(Indicator.objects.shown())
        yield Line(gettext("Indicators that have not reached their target"), url, rows, due="aimed_by")
