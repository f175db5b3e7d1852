from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class SourceTold(models.Model):
    """Until which moment followers have heard of the things of one source."""

    source = models.CharField(_("source"), max_length=20, primary_key=True)
    told_until = models.DateTimeField(_("told until"), db_default=Now())

    class Meta:
        verbose_name = _("source of news")
        verbose_name_plural = _("sources of news")
        default_permissions = ()

    def __str__(self) -> str:
        return self.source
