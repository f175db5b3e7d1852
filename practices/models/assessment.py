from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from practices.models.practice import Practice


class Judgement(Orderable):
    """What the assessor found about one criterion, and why."""

    class Outcome(models.TextChoices):
        MET = "met", _("met")
        PARTLY = "partly", _("partly met")
        NOT_MET = "not-met", _("not met")
        NOT_JUDGED = "not-judged", _("not judged")

    practice = ParentalKey(Practice, on_delete=models.CASCADE, related_name="judgements")
    criterion = models.ForeignKey(
        "hub.Term",
        verbose_name=_("criterion"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "criterion"},
    )
    judgement = models.CharField(_("judgement"), max_length=10, choices=Outcome)
    reason = I18nTextField(_("reason"), blank=True, default="")

    class Meta(Orderable.Meta):
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")

    def __str__(self) -> str:
        return self.judgement
