"""An indicator, and what it is to reach by when."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from hub.measures import registry
from hub.measures.registry import Area, Breakdown, Measure
from monitoring.indicators.genders import BY_GENDER


class Direction(models.IntegerChoices):
    """What of it is better."""

    MORE = 1, _("more")
    NEITHER = 0, _("neither more nor less")
    LESS = -1, _("less")


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def public(self) -> Self:
        """Those that staff chose for the page that everybody reads."""
        return self.filter(is_shown=True, is_public=True)

    def shown(self) -> Self:
        """Those that staff look at."""
        return self.filter(is_shown=True)


class Indicator(ClusterableModel):
    """A figure that the centre gives account of.

    A counted one has the `code` of a measure of an app (`hub.measures.registry`), whose words stand where staff wrote
    none; another is entered by hand, with a source. `common` is the code of a common indicator of the European Social
    Fund Plus that it answers (Regulation (EU) 2021/1057, Annex I), `moment` when people are counted for it.
    """

    class Moment(models.TextChoices):
        """When people or organisations are counted for a common indicator."""

        ENTRY = "entry", _("when they come in")
        EXIT = "exit", _("within four weeks after they left")
        LATER = "later", _("six months after they left")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    is_counted = models.BooleanField(_("counted by the portal"), default=False, editable=False)
    area = models.CharField(_("area"), max_length=15, choices=Area)
    name = I18nCharField(_("name"), blank=True, default="", help_text=_("Empty: as the portal calls it."))
    definition = I18nTextField(_("definition"), blank=True, default="", help_text=_("What counts, and what does not."))
    unit = I18nCharField(_("unit"), blank=True, default="", help_text=_("For example: people, organisations, euro."))
    common = models.CharField(_("common indicator of the ESF+"), max_length=6, blank=True, default="", editable=False)
    moment = models.CharField(_("moment"), max_length=5, choices=Moment, blank=True, default="", editable=False)
    by_gender = models.BooleanField(
        _("broken down by gender"),
        default=False,
        help_text=_("Of a figure about people that is entered by hand: fewer than five of them are shown to nobody."),
    )
    direction = models.SmallIntegerField(_("better is"), choices=Direction, default=Direction.MORE)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2, null=True, blank=True)
    baseline_on = models.DateField(_("baseline of"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked after by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"is_staff": True},
    )
    is_public = models.BooleanField(_("on the public page"), default=False)
    is_shown = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects: ClassVar[IndicatorQuerySet] = IndicatorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(baseline__isnull=True, baseline_on__isnull=True)
                | models.Q(baseline__isnull=False, baseline_on__isnull=False),
                name="indicator_baseline_has_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(by_gender=False) | models.Q(is_counted=False), name="indicator_gender_by_hand"
            ),
        ]

    def __str__(self) -> str:
        measure = self.measure
        return str(self.name) or (str(measure.name) if measure else self.code)

    @property
    def measure(self) -> Measure | None:
        """What counts it, where the portal does."""
        return registry.of(self.code) if self.is_counted else None

    @property
    def said_definition(self) -> str:
        """In the reader's language."""
        measure = self.measure
        return str(self.definition) or (str(measure.definition) if measure else "")

    @property
    def said_unit(self) -> str:
        """In the reader's language."""
        measure = self.measure
        return str(self.unit) or (str(measure.unit) if measure else "")

    @property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        """By what it is told apart."""
        measure = self.measure
        if measure:
            return measure.breakdowns
        return (BY_GENDER,) if self.by_gender else ()

    @property
    def is_about_people(self) -> bool:
        """Whether fewer than five are shown to nobody."""
        measure = self.measure
        return measure.people if measure else self.by_gender

    @property
    def better(self) -> int:
        """1 where more is better, -1 where less is, 0 where neither."""
        return self.direction

    def clean(self) -> None:
        super().clean()
        if (self.baseline is None) != (self.baseline_on is None):
            missing = "baseline" if self.baseline is None else "baseline_on"
            raise ValidationError({missing: _("A baseline has a figure and the day it is of. Give both, or neither.")})
        if self.is_counted and self.by_gender:
            raise ValidationError(
                {"by_gender": _("The portal asks nobody for their gender, so what it counts is not broken down by it.")}
            )
        if not self.is_counted:
            empty = [field for field in ("name", "definition", "unit") if not str(getattr(self, field))]
            if empty:
                raise ValidationError({field: _("Say it in at least one language.") for field in empty})


class Target(Orderable):
    """What it is to reach by the end of a day."""

    indicator = ParentalKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    by = models.DateField(_("by"))
    figure = models.DecimalField(_("figure"), max_digits=14, decimal_places=2)

    class Meta(Orderable.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [models.UniqueConstraint(fields=["indicator", "by"], name="target_one_a_day")]

    def __str__(self) -> str:
        return f"{self.figure} ({self.by})"
