"""Who sees which figures and the records behind them; views, screens and templates ask here."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.users.models import User
from hub.dates.brussels import BRUSSELS
from hub.measures.registry import Measure
from hub.measures.spans import Span
from monitoring.indicators.models import Indicator, IndicatorQuerySet


def may_see(user: Any) -> bool:
    """Whether this person of the centre sees all figures in the admin."""
    return isinstance(user, User) and user.has_perm("monitoring.view_indicator")


def may_comment(user: Any) -> bool:
    """Whether this person says something about a figure, and who reads it."""
    return may_see(user) and user.has_perm("monitoring.add_comment")


@dataclass(frozen=True)
class Reader:
    """For whom a page is: one of the staff in the admin, or, without a user, whoever comes by."""

    user: User | None = None

    @property
    def is_staff(self) -> bool:
        return self.user is not None

    def indicators(self) -> IndicatorQuerySet:
        """Those that this reader sees."""
        return Indicator.objects.shown() if self.is_staff else Indicator.objects.public()

    def may_open(self, measure: Measure) -> bool:
        """Whether the records of a figure are for this reader; people are for staff who may see such records anyway."""
        if self.user is None:
            return measure.is_open and not measure.people
        if not measure.people:
            return True
        model = measure.records(Span(timezone.localdate(timezone=BRUSSELS))).model._meta
        return self.user.has_perm(f"{model.app_label}.view_{model.model_name}")
