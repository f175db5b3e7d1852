from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField, I18nTextField

from calls.chain.models import Call
from consortia.consortium.models import Consortium
from consortia.reviewers.models import Reviewer

MOST_REASON = 4000


class Criterion(models.Model):
    """One thing by which the consortia of a call are judged; frozen once anybody has judged by it."""

    class Scale(models.TextChoices):
        FIVE = "five", _("from 1 to 5")
        MET = "met", _("met, partly met, not met")

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    title = I18nCharField(_("title"))
    guidance = I18nTextField(_("guidance"), blank=True, default="")
    scale = models.CharField(_("scale"), max_length=5, choices=Scale, default=Scale.FIVE)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.title)

    @property
    def values(self) -> dict[int, Promise]:
        """What can be said, with its word."""
        return SCALES[self.scale]


SCALES: dict[str, dict[int, Promise]] = {
    Criterion.Scale.FIVE: {
        1: _("1: poor"),
        2: _("2: fair"),
        3: _("3: good"),
        4: _("4: very good"),
        5: _("5: excellent"),
    },
    Criterion.Scale.MET: {
        3: pgettext_lazy("a criterion", "met"),
        2: pgettext_lazy("a criterion", "partly met"),
        1: pgettext_lazy("a criterion", "not met"),
    },
}


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def handed_in(self) -> Self:
        """Those that count; drafts are for who writes them."""
        return self.filter(handed_in_at__isnull=False)

    def of_what_stands(self) -> Self:
        """Those of the text that is declared now: where it was declared anew with another one, it is judged anew."""
        latest = models.Max("consortium__versions__number")
        return self.annotate(latest=latest).filter(version=F("latest"))


class Judgement(models.Model):
    """What one reviewer thinks of one consortium: a draft until it is handed in, and unchanged after that.

    It counts for the version that was read. Of a later one it is a draft again, with the marks that are there.
    """

    reviewer = models.ForeignKey(
        Reviewer, verbose_name=_("reviewer"), on_delete=models.CASCADE, related_name="judgements"
    )
    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="judgements"
    )
    # One more with every save: a page that was loaded before is told.
    revision = models.PositiveIntegerField(_("revision"), default=0)
    # The version of the consortium that was read.
    version = models.PositiveIntegerField(_("version"))
    changed_at = models.DateTimeField(_("changed at"), db_default=Now())
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, blank=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = _("judgement of a consortium")
        verbose_name_plural = _("judgements of consortia")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "consortium"], name="judged_once_per_reviewer_and_consortium")
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} {self.consortium_id}"


class Mark(models.Model):
    """What is said of one criterion, with reasons; nothing yet while there is no value."""

    judgement = models.ForeignKey(
        Judgement, verbose_name=_("judgement"), on_delete=models.CASCADE, related_name="marks"
    )
    criterion = models.ForeignKey(
        Criterion, verbose_name=_("criterion"), on_delete=models.CASCADE, related_name="marks"
    )
    value = models.PositiveSmallIntegerField(_("value"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, default="", max_length=MOST_REASON)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["criterion__position", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["judgement", "criterion"], name="marked_once_per_criterion"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=5), name="mark_is_on_a_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.value}"

    @property
    def word(self) -> str:
        """As the scale calls it; read the criterion along for several."""
        return str(self.criterion.values.get(self.value, "")) if self.value else ""
