from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learning.questions.models import Question

LONGEST = 4_000


class ExperienceQuerySet(models.QuerySet["Experience"]):
    def public(self) -> Self:
        """Those that a visitor may see."""
        return self.filter(state="shown", question__state__in=Question.PUBLIC)

    def waiting(self) -> Self:
        """Those that the centre has to look at."""
        return self.filter(state="waiting")


class Experience(models.Model):
    """What somebody went through that says something about a question; shown once the centre has looked at it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SHOWN = "shown", pgettext_lazy("an experience", "shown")
        DECLINED = "declined", pgettext_lazy("an experience", "declined")

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="experiences"
    )
    organisation = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    text = models.TextField(_("experience"), max_length=LONGEST)
    language = models.CharField(_("language"), max_length=5)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    reason = models.TextField(_("reason"), blank=True, default="", max_length=1_000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="told_experiences",
    )
    at = models.DateTimeField(_("at"), db_default=Now())
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ExperienceQuerySet.as_manager()

    class Meta:
        verbose_name = _("experience")
        verbose_name_plural = _("experiences")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "shown"], reason="") | (Q(state="declined") & ~Q(reason="")),
                name="experience_declined_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None)
                | Q(state__in=["shown", "declined"], decided_at__isnull=False),
                name="experience_decided_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        line = " ".join(self.text.split())
        return line if len(line) <= 80 else f"{line[:79].rsplit(' ', 1)[0]} …"
