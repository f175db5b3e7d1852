from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from calls.chain.models import Call


class ReviewerQuerySet(models.QuerySet["Reviewer"]):
    def active(self) -> Self:
        """Those from whom the role was not taken away, and whose account is there."""
        return self.filter(ended_at=None, user__is_active=True)

    def judging(self) -> Self:
        """Those who judge; chairs settle what these say."""
        return self.active().filter(role=Reviewer.Role.REVIEWER)


class Reviewer(models.Model):
    """Somebody reads the declared consortia of one call, and judges them or settles; who ended stays on record."""

    class Role(models.TextChoices):
        REVIEWER = "reviewer", _("reviewer")
        CHAIR = "chair", _("chair")

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="reviewers")
    # What somebody judged outlives the account.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="reviewing",
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.REVIEWER)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(_("added at"), db_default=Now())
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["call", "user"], name="reviewer_once_per_call_and_person")]

    def __str__(self) -> str:
        return str(self.user) if self.user else str(_("somebody whose account is gone"))

    @property
    def is_chair(self) -> bool:
        return self.role == self.Role.CHAIR
