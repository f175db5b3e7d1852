"""How a practice was judged, criterion by criterion; apart from its evidence and from its stage."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from practices.practice.models.practice import Practice


class Verdict(models.TextChoices):
    """What can be said of one criterion."""

    MET = "met", _("Met")
    PARTLY = "partly", _("Partly met")
    NOT_MET = "not-met", _("Not met")
    NOT_JUDGED = "not-judged", _("Not judged")


class Judgement(Orderable):
    """One criterion: whether the practice meets it, and why somebody thinks so."""

    practice = ParentalKey(Practice, on_delete=models.CASCADE, related_name="judgements")
    criterion = models.ForeignKey(
        "hub.Term",
        verbose_name=_("criterion"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "criterion"},
    )
    verdict = models.CharField(_("judgement"), max_length=10, choices=Verdict, default=Verdict.NOT_JUDGED)
    reason = I18nTextField(_("reason"), blank=True, default="", help_text=_("In plain words; readers see it."))

    class Meta(Orderable.Meta):
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        constraints = [
            # Deferred: the editor saves row by row, and two rows may have changed places.
            models.UniqueConstraint(
                fields=["practice", "criterion"],
                name="practice_judged_once_per_criterion",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=models.Q(verdict__in=Verdict.values), name="practice_verdict_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_verdict_display()}"

    def clean(self) -> None:
        super().clean()
        if self.criterion_id and self.criterion.vocabulary != "criterion":
            raise ValidationError({"criterion": _("This term belongs to another vocabulary.")})
        if self.verdict != Verdict.NOT_JUDGED and not self.reason:
            raise ValidationError({"reason": _("Give the reason for this judgement.")})
