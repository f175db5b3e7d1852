from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField

from calls.chain.models import Call, Deadline


class DeadlineChange(models.Model):
    """One move of a deadline, with its reason. A trigger in the database keeps anybody from altering or deleting it."""

    deadline = models.ForeignKey(
        Deadline, verbose_name=_("deadline"), on_delete=models.PROTECT, related_name="changes", editable=False
    )
    call = models.ForeignKey(
        Call, verbose_name=_("call"), on_delete=models.PROTECT, related_name="changes", editable=False
    )
    version = models.PositiveIntegerField(_("version that it made"), editable=False)
    old_due_at = models.DateTimeField(_("old date"), editable=False)
    old_has_time = models.BooleanField(_("the hour mattered before"), default=True, editable=False)
    new_due_at = models.DateTimeField(_("new date"), editable=False)
    new_has_time = models.BooleanField(_("the hour matters since"), default=True, editable=False)
    reason = I18nTextField(_("reason"))
    moved_at = models.DateTimeField(_("moved at"), db_default=Now(), editable=False)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("moved by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    told = models.PositiveIntegerField(_("people told"), default=0, editable=False)
    # Where it moved because the portal itself failed.
    failure_begun_at = models.DateTimeField(_("failure of the portal from"), null=True, editable=False)
    failure_ended_at = models.DateTimeField(_("failure of the portal until"), null=True, editable=False)

    class Meta:
        verbose_name = _("change of a date")
        verbose_name_plural = _("changes of dates")
        ordering = ["-moved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["deadline", "version"], name="deadline_change_once_per_version"),
            models.CheckConstraint(
                condition=~models.Q(old_due_at=models.F("new_due_at"), old_has_time=models.F("new_has_time")),
                name="deadline_change_changes_something",
            ),
            models.CheckConstraint(
                condition=models.Q(failure_begun_at=None, failure_ended_at=None)
                | models.Q(failure_ended_at__isnull=False, failure_begun_at__isnull=False)
                & models.Q(failure_begun_at__lt=models.F("failure_ended_at")),
                name="deadline_change_failure_has_a_span",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id}: v{self.version}"

    def says(self, due_at: datetime, *, has_time: bool) -> bool:
        """Whether this is the move to that moment."""
        return self.new_due_at == due_at and self.new_has_time == has_time


class CallWithdrawal(models.Model):
    """That a call was withdrawn, and why; as lasting as a change of date."""

    call = models.OneToOneField(
        Call, verbose_name=_("call"), on_delete=models.PROTECT, related_name="withdrawal", editable=False
    )
    reason = I18nTextField(_("reason"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), db_default=Now(), editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    told = models.PositiveIntegerField(_("people told"), default=0, editable=False)

    class Meta:
        verbose_name = _("withdrawal of a call")
        verbose_name_plural = _("withdrawals of calls")

    def __str__(self) -> str:
        return f"{self.call_id}"
