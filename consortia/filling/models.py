from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consortia.asked_parts.models import MOST_LIMIT, AskedPart
from consortia.consortium.models import Consortium
from consortia.files.models import StoredFile

# In characters: what a limit in words could mean at most.
MOST_TEXT = MOST_LIMIT * 12


class Filling(models.Model):
    """What a consortium has put into one part of its proposal: a file, or a text; each with all its versions."""

    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="fillings"
    )
    part = models.ForeignKey(AskedPart, verbose_name=_("part"), on_delete=models.RESTRICT, related_name="fillings")
    file = models.OneToOneField(
        StoredFile,
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="filling",
    )

    class Meta:
        verbose_name = _("filled part of a proposal")
        verbose_name_plural = _("filled parts of proposals")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["consortium", "part"], name="filling_once")]

    def __str__(self) -> str:
        return f"{self.consortium_id}: {self.part_id}"


class TextVersion(models.Model):
    """What a text was from a moment on; the one with the highest number counts, and a trigger keeps each as it is."""

    filling = models.ForeignKey(Filling, verbose_name=_("part"), on_delete=models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"), blank=True, max_length=MOST_TEXT)
    sha256 = models.CharField("SHA-256", max_length=64)
    # As the organisation was called then: a record does not follow a profile.
    organisation_name = models.CharField(_("organisation"), max_length=160)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # When the request arrived, by the database's clock.
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("version of a text")
        verbose_name_plural = _("versions of texts")
        ordering = ["-number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["filling", "number"], name="text_version_once")]

    def __str__(self) -> str:
        return f"{self.filling_id} ({self.number})"
