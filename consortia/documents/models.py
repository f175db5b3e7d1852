import uuid

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consortia.consortium.models import Consortium, Member
from consortia.files.models import StoredFile

MOST_TITLE = 120


class Document(models.Model):
    """A file that the organisations of a consortium share, under a title of its own."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("document")
        LETTER = "letter", _("letter of endorsement")

    # Made with the form, so that the form sent twice adds one.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="documents"
    )
    title = models.CharField(_("title"), max_length=MOST_TITLE)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ORDINARY)
    # Whose letter it is; nobody's for an ordinary document, and once the organisation is gone.
    endorses = models.ForeignKey(
        Member,
        verbose_name=_("letter of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="letters",
    )
    added_by = models.ForeignKey(
        Member, verbose_name=_("added by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    file = models.OneToOneField(StoredFile, verbose_name=_("file"), on_delete=models.CASCADE, related_name="document")
    added_at = models.DateTimeField(_("added at"), db_default=Now())

    class Meta:
        verbose_name = _("document of a consortium")
        verbose_name_plural = _("documents of consortia")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consortia:document", args=[self.consortium.uuid, self.pk])
