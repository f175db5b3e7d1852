"""What the steps of any history have in common: a day, somebody's word, a source; rows that nobody alters."""

from datetime import date
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from hub.dates.words import day

ON_THE_WEB = URLValidator(schemes=["https", "http"])


class Known(models.TextChoices):
    """How exactly the day of a step is known."""

    DAY = "day", _("the day")
    MONTH = "month", _("the month")
    YEAR = "year", _("the year")


def said(on: date, known: str) -> str:
    """A day as exactly as it is known: "Thursday 14 October 2027", "October 2027", "2027"."""
    if known == Known.YEAR:
        return f"{on.year}"
    return f"{MONTHS[on.month]} {on.year}" if known == Known.MONTH else day(on)


def first_of(on: date, known: str) -> date:
    """The day under which a step stands whose month or year alone is known."""
    if known == Known.YEAR:
        return on.replace(month=1, day=1)
    return on.replace(day=1) if known == Known.MONTH else on


M = TypeVar("M", bound="Step")


class StepQuerySet(models.QuerySet[M]):
    def counting(self) -> Self:
        """Without those that a later row corrected, and those that say that something never happened."""
        return self.filter(**self.model.COUNTS)

    def in_order(self) -> Self:
        """As it happened; of two on one day, the one that was entered first."""
        return self.order_by("on", "place")

    def latest_first(self) -> Self:
        """The other way round, whatever they belong to."""
        return self.order_by("-on", "-place")


class Step(models.Model):
    """A step of a history: append-only. A wrong one is corrected by another that points at it and takes its place.

    Triggers set `place` and `superseded`, and refuse what has not happened yet.
    """

    # Which rows are part of the history as it is now.
    COUNTS: ClassVar[dict[str, Any]]

    on = models.DateField(_("day"))
    known = models.CharField(_("what of it is known"), max_length=5, choices=Known, default=Known.DAY)
    word = models.CharField(
        _("on whose word"),
        max_length=160,
        help_text=_("Who says so: an organisation, a ministry, a report. No private persons."),
    )
    organisation = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("organisation that says so"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("When it is in the directory."),
    )
    source_title = models.CharField(_("name of the source"), max_length=200)
    source_url = models.URLField(_("address of the source"), max_length=500, validators=[ON_THE_WEB])
    reason = models.CharField(_("why it is corrected"), max_length=300, blank=True)
    corrects = models.OneToOneField(
        "self", verbose_name=_("corrects"), null=True, blank=True, on_delete=models.CASCADE, related_name="correction"
    )
    corrects_id: int | None
    superseded = models.BooleanField(_("corrected by another row"), default=False, editable=False)
    place = models.BigIntegerField(_("place among those of its day"), default=0, editable=False)
    entered_at = models.DateTimeField(_("entered at"), db_default=Now(), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(word="") & ~models.Q(source_title="") & ~models.Q(source_url=""),
                name="%(class)s_has_a_source",
            ),
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True, reason="")
                | (models.Q(corrects__isnull=False) & ~models.Q(reason="")),
                name="%(class)s_is_corrected_with_a_reason",
            ),
            models.CheckConstraint(condition=models.Q(known__in=Known.values), name="%(class)s_known_to"),
        ]

    @property
    def when(self) -> str:
        """Its day, as exactly as it is known, in the reader's language."""
        return said(self.on, self.known)
