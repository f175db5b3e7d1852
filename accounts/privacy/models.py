"""What came of erasing each kind of record."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeepingRun(models.Model):
    """The last time that what is due of one kind was erased, and the last time that this failed.

    `name` is that of its `KeepingTime`. It holds nothing of what was erased.
    """

    name = models.CharField(_("name"), max_length=80, primary_key=True)
    ran_at = models.DateTimeField(_("last run"), null=True)
    number = models.PositiveIntegerField(_("how many were erased"), null=True)
    failed_at = models.DateTimeField(_("last failure"), null=True)
    error = models.CharField(_("what went wrong"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("scheduled erasure")
        verbose_name_plural = _("scheduled erasures")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.name

    @property
    def fails(self) -> bool:
        """Whether the last attempt failed."""
        return self.failed_at is not None and (self.ran_at is None or self.ran_at < self.failed_at)
