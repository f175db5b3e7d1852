"""What a figure was at the end of a day. Nobody alters a row: what was wrong is corrected by the next."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.dates.database_clock import clock
from hub.measures.counting import Value
from monitoring.indicators.models import Indicator


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def standing(self) -> Self:
        """Those that no later row corrects."""
        later = Snapshot.objects.filter(
            indicator=models.OuterRef("indicator"),
            day=models.OuterRef("day"),
            breakdown=models.OuterRef("breakdown"),
            key=models.OuterRef("key"),
            correction__gt=models.OuterRef("correction"),
        )
        return self.filter(~models.Exists(later))

    def told(self) -> Self:
        """Those of which somebody knows the figure: not of days that were missed."""
        return self.filter(Q(number__isnull=False) | Q(amount__isnull=False))

    def whole(self) -> Self:
        """Those of the figure itself, not of its parts."""
        return self.filter(breakdown="")


class Snapshot(models.Model):
    """A figure, or one part of a breakdown of it, at the end of a day in Brussels.

    `number` counts records, `whole` those of which they are part, where the figure is a share; `amount` is a median, or
    what was entered by hand. With none of them the day was missed and cannot be counted any more. What happens rather
    than stands is counted from the beginning. `correction` 0 is the first row of a day.
    """

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.CASCADE, related_name="snapshots"
    )
    day = models.DateField(_("day"))
    breakdown = models.CharField(_("breakdown"), max_length=30, blank=True, default="")
    key = models.CharField(_("part"), max_length=100, blank=True, default="")
    number = models.BigIntegerField(_("number"), null=True, blank=True)
    whole = models.BigIntegerField(_("of"), null=True, blank=True)
    amount = models.DecimalField(_("figure"), max_digits=14, decimal_places=2, null=True, blank=True)
    correction = models.PositiveSmallIntegerField(_("correction"), default=0)
    reason = models.TextField(_("reason"), blank=True, default="")
    source = models.TextField(_("source"), blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The moment of the row and not of its transaction: whoever holds the figures knows which were there before.
    at = models.DateTimeField(_("at"), db_default=clock())

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure of a day")
        verbose_name_plural = _("figures of days")
        ordering = ["-day", "breakdown", "key", "correction"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "breakdown", "key", "day", "correction"], name="snapshot_one_row_each"
            ),
            models.CheckConstraint(condition=Q(correction=0) | ~Q(reason=""), name="snapshot_correction_has_a_reason"),
            models.CheckConstraint(condition=Q(key="") | ~Q(breakdown=""), name="snapshot_part_of_a_breakdown"),
        ]
        indexes = [models.Index(fields=["day"], name="snapshot_day")]

    def __str__(self) -> str:
        return f"{self.day}: {'–' if self.figure is None else self.figure}"

    @property
    def value(self) -> Value | None:
        """As the apps count it; of a missed day there is none."""
        if self.number is None:
            return None
        return Value(self.number, self.whole, self.amount)

    @property
    def figure(self) -> Decimal | None:
        """What is drawn: the amount, the share in per cent, or the number."""
        if self.amount is not None:
            return self.amount
        value = self.value
        if value is None:
            return None
        return value.percent if self.whole is not None else Decimal(value.number)
