import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consortia.consortium.models import Consortium

MOST_TEXT = 5000


class Note(models.Model):
    """Plain words for all in a consortium; everybody who takes part may better them."""

    # Made with the form, so that the form sent twice writes one.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="notes"
    )
    text = models.TextField(_("text"), max_length=MOST_TEXT)
    # As the organisation was called then: a record does not follow a profile.
    organisation_name = models.CharField(_("organisation"), max_length=160)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(_("written at"), db_default=Now())
    # Who changed it last, if anybody did.
    changed_by_name = models.CharField(
        pgettext_lazy("organisation", "changed by"), max_length=160, blank=True, default=""
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("changed by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed at"), null=True)

    class Meta:
        verbose_name = _("note in a consortium")
        verbose_name_plural = _("notes in consortia")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text[:60]
