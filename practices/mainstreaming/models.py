"""How a practice moved through the stages, and what of policy took it up or could."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from practices.mainstreaming.steps import ON_THE_WEB, Step, StepQuerySet
from practices.practice.models.practice import Practice


def _a_stage(verbose_name: Any, **options: Any) -> Any:
    return models.ForeignKey(
        "hub.Term",
        verbose_name=verbose_name,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "stage"},
        **options,
    )


class StageMove(Step):
    """A practice came into a stage. Where it came from is the stage of the move before; `before` says it of the first.

    Without a stage the row says that what it corrects never happened.
    """

    COUNTS: ClassVar[dict[str, Any]] = {"superseded": False, "stage__isnull": False}

    practice = models.ForeignKey(
        Practice, verbose_name=_("practice"), on_delete=models.CASCADE, related_name="stage_moves"
    )
    stage = _a_stage(_("stage"))
    before = _a_stage(_("stage before"), help_text=_("Only for the first move that is known. Empty when nobody knows."))

    objects: ClassVar[StepQuerySet["StageMove"]] = StepQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Step.Meta):
        verbose_name = _("move to a stage")
        verbose_name_plural = _("moves to a stage")
        ordering = ["on", "place"]
        constraints = [
            *Step.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(stage__isnull=False) | models.Q(corrects__isnull=False),
                name="stagemove_goes_somewhere",
            ),
        ]
        indexes = [
            models.Index(
                "practice",
                models.F("on").desc(),
                models.F("place").desc(),
                include=["stage"],
                condition=models.Q(superseded=False, stage__isnull=False),
                name="stagemove_history",
            ),
            models.Index(
                models.F("on").desc(),
                models.F("place").desc(),
                condition=models.Q(superseded=False, stage__isnull=False),
                name="stagemove_latest",
            ),
            models.Index(fields=["entered_at"], name="stagemove_entered"),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.stage or '–'} ({self.on})"

    def clean(self) -> None:
        super().clean()
        for name in ("stage", "before"):
            term = getattr(self, name) if getattr(self, f"{name}_id") else None
            if term and term.vocabulary != "stage":
                raise ValidationError({name: _("This term belongs to another vocabulary.")})
        if self.stage_id and self.before_id == self.stage_id:
            raise ValidationError({"before": _("This is the stage that it moves to. Choose another, or none.")})


class HookKind(models.TextChoices):
    """What of policy takes a practice up."""

    LAW = "law", _("Law")
    DECREE = "decree", _("Decree or regulation")
    BUDGET = "budget", _("Budget line")
    TENDER = "tender", _("Tender")
    CURRICULUM = "curriculum", _("Curriculum")
    SERVICE = "service", _("Public service")


class Level(models.TextChoices):
    """Who decides about it."""

    MUNICIPALITY = "municipality", _("Municipality")
    REGION = "region", _("Region")
    COUNTRY = "country", _("Country")
    EU = "eu", _("European Union")


class Status(models.TextChoices):
    """How far a policy hook is."""

    IDEA = "idea", _("Idea")
    PROPOSED = "proposed", _("Proposed")
    DECIDED = "decided", _("Decided")
    IN_FORCE = "in-force", _("In force")
    ENDED = "ended", _("Ended")


# What took a practice up, and what could.
TAKEN_UP = (Status.DECIDED, Status.IN_FORCE)
COULD = (Status.IDEA, Status.PROPOSED)


class PolicyHookQuerySet(models.QuerySet["PolicyHook"]):
    def public(self) -> Self:
        """Those of which somebody said, with a source, how far they are."""
        return self.exclude(status="")


class PolicyHook(ClusterableModel):
    """A law, budget line, tender or the like that took practices up, or could. Triggers keep `status` and its day."""

    title = I18nCharField(_("name"), help_text=_("For example: Housing decree, article 7"))
    kind = models.CharField(_("kind"), max_length=10, choices=HookKind)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    country = models.ForeignKey(
        "hub.Term",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "country"},
    )
    region = models.ForeignKey(
        "hub.Term",
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "region"},
    )
    place = models.CharField(_("place"), max_length=100, blank=True, help_text=_("For example a municipality."))
    website = models.URLField(_("address of its text"), max_length=500, blank=True, validators=[ON_THE_WEB])
    status = models.CharField(_("status"), max_length=10, choices=Status, blank=True, default="", editable=False)
    status_since = models.DateField(_("in this status since"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    objects = PolicyHookQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy hook")
        verbose_name_plural = _("policy hooks")
        ordering = ["-status_since", "-pk"]
        indexes = [
            models.Index(fields=["-status_since", "-id"], condition=~models.Q(status=""), name="policyhook_latest")
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=HookKind.values), name="policyhook_kind_is_known"),
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="policyhook_level_is_known"),
            models.CheckConstraint(
                condition=models.Q(status="", status_since__isnull=True)
                | models.Q(status__in=Status.values, status_since__isnull=False),
                name="policyhook_status_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        super().clean()
        for name in ("country", "region"):
            term = getattr(self, name) if getattr(self, f"{name}_id") else None
            if term and term.vocabulary != name:
                raise ValidationError({name: _("This term belongs to another vocabulary.")})
        if self.country_id and self.region and self.region.parent_id != self.country_id:
            raise ValidationError({"region": _("This region is in another country. Choose one of the two.")})
        if self.level != Level.EU and not (self.country_id or self.region_id or self.place):
            raise ValidationError({"country": _("Say where: a country, a region or a place.")})


class HookPractice(Orderable):
    """A practice that a policy hook is about."""

    hook = ParentalKey(PolicyHook, on_delete=models.CASCADE, related_name="practices")
    practice = models.ForeignKey(
        Practice, verbose_name=_("practice"), on_delete=models.CASCADE, related_name="policy_hooks"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("practice of a policy hook")
        verbose_name_plural = _("practices of policy hooks")
        constraints = [models.UniqueConstraint(fields=["hook", "practice"], name="policyhook_practice_once")]

    def __str__(self) -> str:
        return str(self.practice)


class HookOrganisation(Orderable):
    """An organisation that has to do with a policy hook."""

    hook = ParentalKey(PolicyHook, on_delete=models.CASCADE, related_name="organisations")
    organisation = models.ForeignKey(
        "partners.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("organisation of a policy hook")
        verbose_name_plural = _("organisations of policy hooks")
        constraints = [models.UniqueConstraint(fields=["hook", "organisation"], name="policyhook_organisation_once")]

    def __str__(self) -> str:
        return str(self.organisation)


class HookStatus(Step):
    """A policy hook came into a status. Without one the row says that what it corrects never happened."""

    COUNTS: ClassVar[dict[str, Any]] = {"superseded": False, "status__gt": ""}

    hook = models.ForeignKey(
        PolicyHook, verbose_name=_("policy hook"), on_delete=models.CASCADE, related_name="statuses"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta(Step.Meta):
        verbose_name = _("status of a policy hook")
        verbose_name_plural = _("statuses of policy hooks")
        ordering = ["on", "place"]
        constraints = [
            *Step.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values) | models.Q(status="", corrects__isnull=False),
                name="hookstatus_goes_somewhere",
            ),
        ]
        indexes = [
            models.Index(
                "hook",
                models.F("on").desc(),
                models.F("place").desc(),
                condition=models.Q(superseded=False) & ~models.Q(status=""),
                name="hookstatus_history",
            )
        ]

    def __str__(self) -> str:
        return f"{self.hook_id}: {self.status or '–'} ({self.on})"
