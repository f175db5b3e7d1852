import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consortia.consortium.models import Consortium, Member

MOST_WHAT = 200


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> Self:
        """Those that somebody still has to do."""
        return self.filter(done_at=None)

    def in_order(self) -> Self:
        """What is due first comes first, what has no day last."""
        return self.order_by(models.F("due_on").asc(nulls_last=True), "pk")


class Task(models.Model):
    """What has to be done: by an organisation, or one person of it, until a day in Brussels; or by nobody yet."""

    # Made with the form, so that the form sent twice adds one.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="tasks"
    )
    what = models.CharField(_("what"), max_length=MOST_WHAT)
    member = models.ForeignKey(
        Member, verbose_name=_("organisation"), null=True, on_delete=models.SET_NULL, related_name="tasks"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(_("until"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)
    added_by = models.ForeignKey(
        Member, verbose_name=_("added by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_by_name = models.CharField(_("organisation that changed it"), max_length=160)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("changed by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed at"), db_default=Now())
    # The day for which a reminder was written: one for each day that was set.
    reminded_for = models.DateField(_("reminded for"), null=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task in a consortium")
        verbose_name_plural = _("tasks in consortia")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def about(self) -> str:
        """By which the outbox finds its mails, beside `Consortium.about`."""
        return f"task:{self.pk}"

    @property
    def is_overdue(self) -> bool:
        """Not done, and its day in Brussels is over."""
        return self.done_at is None and self.due_on is not None and self.due_on < timezone.localdate()
