"""What was said of a reuse at one moment; triggers keep it as it is (`practices/sql/reuse.sql`)."""

from datetime import date
from typing import Any, cast

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from practices.practice.models.practice import YEARS
from practices.reuse import frame
from practices.reuse.models.reuses import Reuse


def _year(name: Any) -> Any:
    return models.PositiveSmallIntegerField(name, null=True, blank=True)


def _month(name: Any) -> Any:
    return models.PositiveSmallIntegerField(name, null=True, blank=True)


def _one_of(choices: type[models.TextChoices], name: Any) -> Any:
    return models.CharField(name, max_length=12, choices=choices, blank=True)


def _some_of(choices: type[models.TextChoices], name: Any) -> Any:
    return ArrayField(models.CharField(max_length=12, choices=choices), verbose_name=name, default=list, blank=True)


def _money(name: Any) -> Any:
    return models.DecimalField(name, max_digits=12, decimal_places=2, null=True, blank=True)


def _is_year(field: str) -> models.CheckConstraint:
    within = Q(**{f"{field}__gte": YEARS.start, f"{field}__lt": YEARS.stop})
    return models.CheckConstraint(condition=Q(**{field: None}) | within, name=f"reuse_{field}_is_a_year")


def _is_month(field: str, year: str) -> models.CheckConstraint:
    within = Q(**{f"{field}__gte": 1, f"{field}__lte": 12, f"{year}__isnull": False})
    return models.CheckConstraint(condition=Q(**{field: None}) | within, name=f"reuse_{field}_is_a_month")


def _known(field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    several = field in frame.SEVERAL
    known = Q(**{f"{field}__contained_by": choices.values}) if several else Q(**{f"{field}__in": ["", *choices.values]})
    return models.CheckConstraint(condition=known, name=f"reuse_{field}_is_known")


class Outcome(models.TextChoices):
    """What came of it."""

    WORKS = "works", _("It works")
    PART = "part", _("It works in part")
    STOPPED = "stopped", _("It stopped")
    FAILED = "failed", _("It did not work")
    EARLY = "early", _("Too early to say")


class Again(models.TextChoices):
    """Whether they would do it again."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNSURE = "unsure", _("not sure")


class ReuseVersion(models.Model):
    """One telling of a reuse: since when, what was changed, what it cost, what came of it."""

    reuse = models.ForeignKey(
        Reuse, verbose_name=_("report of reuse"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    at = models.DateTimeField(_("written at"), db_default=Now(), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What stood on the practice's page then; no relation, since old revisions may be cleared away.
    practice_revision = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    practice_as_of = models.DateTimeField(null=True, blank=True, editable=False)
    taken_version = models.CharField(_("version that was taken up"), max_length=160, blank=True)
    since_year = models.PositiveSmallIntegerField(_("since (year)"))
    since_month = _month(_("since (month)"))
    until_year = _year(_("until (year)"))
    until_month = _month(_("until (month)"))
    outcome = models.CharField(_("what came of it"), max_length=10, choices=Outcome)
    came_of_it = models.TextField(_("what came of it, in words"), max_length=4000)
    why_stopped = models.TextField(_("why it stopped or did not work"), max_length=2000, blank=True)
    again = _one_of(Again, _("would do it again"))
    what_changed = models.TextField(_("what was changed, and why"), max_length=4000, blank=True)
    adapted_when = _one_of(frame.When, _("when it was changed"))
    planned = _one_of(frame.Planned, _("planned or not"))
    decided_by = _some_of(frame.Decider, _("who decided"))
    changed = _some_of(frame.Part, _("what was changed"))
    level = _one_of(frame.Level, _("for whom it was changed"))
    nature = _some_of(frame.Nature, _("in which way"))
    fidelity = _one_of(frame.Fidelity, _("whether what makes it work stayed"))
    goals = _some_of(frame.Goal, _("what the change was for"))
    circumstances = models.TextField(_("what in the circumstances asked for it"), max_length=2000, blank=True)
    planned_cost = _money(_("planned cost (euro)"))
    actual_cost = _money(_("actual cost (euro)"))
    cost_year = _year(_("year of the cost"))
    language = models.CharField(_("language"), max_length=5)

    class Meta:
        verbose_name = _("version of a report of reuse")
        verbose_name_plural = _("versions of reports of reuse")
        ordering = ["reuse", "-number"]
        default_permissions = ()
        # What the site's search asks for (`practices/reuse_reports/site_search.py`).
        indexes = [
            GinIndex(
                models.Func(
                    "language",
                    Value(""),
                    "came_of_it",
                    "why_stopped",
                    "what_changed",
                    function="hub_vector",
                    output_field=SearchVectorField(),
                ),
                name="reuse_version_words",
            ),
            # The page of a theme shows what ended last, of very many.
            models.Index(F("at").desc(), condition=Q(outcome__in=["stopped", "failed"]), name="reuse_version_ended"),
            models.Index(fields=["id"], condition=Q(outcome__in=["works", "part"]), name="reuse_version_did_well"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reuse", "number"], name="reuse_version_number_once"),
            *(_is_year(field) for field in ("since_year", "until_year", "cost_year")),
            *(_is_month(f"{field}_month", f"{field}_year") for field in ("since", "until")),
            models.CheckConstraint(
                # A year without its month lasts to its end and begins with its beginning.
                condition=Q(until_year=None)
                | Q(
                    until_year__gt=F("since_year"),
                )
                | Q(until_year=F("since_year"), until_month=None)
                | Q(until_year=F("since_year"), until_month__gte=Coalesce(F("since_month"), Value(1))),
                name="reuse_ends_after_it_began",
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="reuse_outcome_is_known"),
            models.CheckConstraint(condition=Q(again__in=["", *Again.values]), name="reuse_again_is_known"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["stopped", "failed"]) | ~Q(why_stopped=""), name="reuse_end_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(planned_cost=None, actual_cost=None) | Q(cost_year__isnull=False),
                name="reuse_cost_of_a_year",
            ),
            models.CheckConstraint(
                condition=(Q(planned_cost=None) | Q(planned_cost__gte=0))
                & (Q(actual_cost=None) | Q(actual_cost__gte=0)),
                name="reuse_cost_not_below_zero",
            ),
            *(_known(field, choices) for field, choices in frame.CHOICES.items()),
        ]

    def __str__(self) -> str:
        return f"{self.reuse_id}: {self.number}"

    def clean(self) -> None:
        super().clean()
        found = self._errors_of_time() | self._errors_of_cost()
        if self.has_ended and not self.why_stopped.strip():
            found["why_stopped"] = _("Say why. Others learn most from this.")
        if found:
            raise ValidationError(found)

    def _errors_of_time(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.since_year and self.until_year and _last(self) < (self.since_year, self.since_month or 1):
            found["until_year"] = _("It cannot end before it began.")
        for field in ("since", "until"):
            month, year = getattr(self, f"{field}_month"), getattr(self, f"{field}_year")
            if month is not None and month not in range(1, 13):
                found[f"{field}_month"] = _("Write the month as a number from 1 to 12.")
            if month is not None and year is None:
                found[f"{field}_year"] = _("Say of which year this month is.")
        for field in ("since_year", "until_year", "cost_year"):
            if (year := getattr(self, field)) is not None and year not in YEARS:
                found[field] = _("Write the year in four figures, for example 2015.")
        return found

    def _errors_of_cost(self) -> dict[str, Any]:
        costs = {field: getattr(self, field) for field in ("planned_cost", "actual_cost")}
        given = {field: cost for field, cost in costs.items() if cost is not None}
        found: dict[str, Any] = {
            field: _("This cannot be less than zero.") for field, cost in given.items() if cost < 0
        }
        if given and not self.cost_year:
            found["cost_year"] = _("Say of which year this cost is.")
        return found

    def begins_after(self, today: date) -> bool:
        """Whether it would begin in the future."""
        return (self.since_year, self.since_month or 1) > (today.year, today.month)

    @property
    def has_ended(self) -> bool:
        """Whether there is nobody to ask how it goes on."""
        return self.outcome in {Outcome.STOPPED, Outcome.FAILED}

    @property
    def adaptation(self) -> list[tuple[str, list[str], str]]:
        """The answers to the questions of FRAME that were given, in words, and the language of those written freely."""
        told = []
        for field in frame.FIELDS:
            label = str(cast(Any, self._meta.get_field(field)).verbose_name)
            if words := self._said(field):
                is_chosen = field in frame.SEVERAL or field in frame.ONE
                told.append((label, words, "" if is_chosen else self.language))
        return told

    def _said(self, field: str) -> list[str]:
        value = getattr(self, field)
        if field in frame.SEVERAL:
            labels = dict(frame.SEVERAL[field].choices)
            return [str(labels[code]) for code in value if code in labels]
        return [str(getattr(self, f"get_{field}_display")())] if field in frame.ONE and value else [value] * bool(value)


def _last(version: ReuseVersion) -> tuple[int, int]:
    return version.until_year or YEARS.stop, version.until_month or 12
