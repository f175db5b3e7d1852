from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from practices.practice.models.practice import Practice

# So long after the first mail a page says that nobody answered.
PATIENCE = timedelta(days=60)


class ConfirmationQuerySet(models.QuerySet["ConfirmationRequest"]):
    def unanswered(self) -> Self:
        """Those that nobody answered."""
        return self.filter(answered_at=None)

    def given_up(self, now: datetime) -> Self:
        """Those that nobody answered in time."""
        return self.unanswered().filter(asked_at__lte=now - PATIENCE)


class ConfirmationRequest(models.Model):
    """The question to an owner whether a practice is still as its page says; one per day it was last known to be."""

    practice = models.ForeignKey(
        Practice, verbose_name=_("practice"), on_delete=models.CASCADE, related_name="confirmation_requests"
    )
    known_on = models.DateField(_("last known to be true on"))
    asked_at = models.DateTimeField(pgettext_lazy("an owner", "asked at"))
    asked_again_at = models.DateTimeField(_("asked again at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to confirm a practice")
        verbose_name_plural = _("requests to confirm practices")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "known_on"], name="confirmation_asked_once_per_day_known"),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.known_on}"
