from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from calls.chain.models import Call
from consortia.consortium.models import Consortium

MOST_REASONS = 6000
# Of one outcome or judgement: far more than people make, far fewer than a column holds.
MOST_REVISIONS = 1_000_000


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def released(self) -> Self:
        """Those that partners were told; of a text that is declared since there may be another one."""
        return self.filter(released_at__isnull=False)

    def of_what_stands(self) -> Self:
        """Those of the text that is declared now: where it was declared anew with another one, it is settled anew."""
        latest = models.Max("consortium__versions__number")
        return self.annotate(latest=latest).filter(version=F("latest"))


class Outcome(models.Model):
    """What a chair settled about a consortium, with the reasons that partners read once it is released."""

    class Verdict(models.TextChoices):
        RECOMMENDED = "recommended", pgettext_lazy("a consortium", "recommended")
        CONDITIONS = "conditions", pgettext_lazy("a consortium", "recommended with conditions")
        NOT = "not", pgettext_lazy("a consortium", "not recommended")

    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="outcomes"
    )
    verdict = models.CharField(_("outcome"), max_length=12, choices=Verdict)
    reasons = models.TextField(_("reasons"), max_length=MOST_REASONS)
    conditions = models.TextField(_("conditions"), blank=True, default="", max_length=MOST_REASONS)
    # The version of the consortium that it is about.
    version = models.PositiveIntegerField(_("version"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("settled by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_at = models.DateTimeField(_("settled at"), db_default=Now())
    # Set by the release that told it; another text that is declared later gets an outcome of its own.
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["consortium__name", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["consortium", "version"], name="outcome_once_per_version"),
            models.UniqueConstraint(
                fields=["consortium"], condition=Q(released_at=None), name="outcome_unreleased_once_per_consortium"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="outcome_has_reasons"),
            models.CheckConstraint(
                condition=Q(verdict="conditions") & ~Q(conditions="") | ~Q(verdict="conditions") & Q(conditions=""),
                name="outcome_has_conditions_where_it_says_so",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consortium_id}: {self.verdict}"


class Release(models.Model):
    """The first time that partners of the call's consortia were told what was recommended; it is not undone.

    Which outcomes they see stands on each (`Outcome.released_at`): later ones are told by a further release.
    """

    call = models.OneToOneField(
        Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="recommendations", primary_key=True
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("release of recommendations")
        verbose_name_plural = _("releases of recommendations")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.call_id}"
