from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from hub.languages.fields import LanguageCodesField
from learning.questions.models import Question


class ExpertQuerySet(models.QuerySet["Expert"]):
    def public(self) -> Self:
        """Those that a visitor may see: they agreed, and who keeps the question wanted them."""
        return self.filter(accepted_at__isnull=False, user__is_active=True, question__state__in=Question.PUBLIC)

    def waiting(self) -> Self:
        """Those who offered to be named."""
        return self.filter(accepted_at=None, user__is_active=True)


class Expert(models.Model):
    """Somebody who agreed to be named as knowing about a question. Who does not agree any more has no row."""

    question = models.ForeignKey(Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="experts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="expert_for",
    )
    name = models.CharField(_("name"), max_length=120)
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True)
    field = models.CharField(_("field"), max_length=200)
    languages = LanguageCodesField(_("languages"))
    agreed_at = models.DateTimeField(_("agreed at"), db_default=Now())
    # What they agreed to, word for word.
    wording = models.TextField(_("what they agreed to"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["name", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["question", "user"], name="expert_once_per_question"),
            models.CheckConstraint(condition=~Q(wording=""), name="expert_agreed_to_something"),
        ]

    def __str__(self) -> str:
        return self.name
