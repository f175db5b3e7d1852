import uuid
from pathlib import PurePath
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from consortia.consortium.models import Consortium
from hub.files.private import FOLDER, PrivateFileField

PLACE = f"{FOLDER}/consortia"


class StoredFile(models.Model):
    """A file of a consortium, whatever it is for: its versions, none of which is ever overwritten."""

    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="files"
    )

    class Meta:
        verbose_name = _("file of a consortium")
        verbose_name_plural = _("files of consortia")

    def __str__(self) -> str:
        return str(self.pk)


def place(version: Any, name: str) -> str:
    """Where a version lies: nothing of the name that somebody gave it but its ending, which was checked."""
    return f"{PLACE}/{version.uuid.hex}{PurePath(name).suffix.lower()}"


class FileVersionQuerySet(models.QuerySet["FileVersion"]):
    def there(self) -> Self:
        """Those whose bytes nobody removed."""
        return self.filter(removed_at=None)


class FileVersion(models.Model):
    """What a file was from a moment on; the one with the highest number counts, and a trigger keeps what is known."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(StoredFile, verbose_name=_("file"), on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    # As its owner called it; made harmless, see `hub.files.private.clean_name`.
    name = models.CharField(_("name"), max_length=120)
    content = PrivateFileField(_("content"), max_length=200, upload_to=place)
    # In bytes.
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    # As the organisation was called then: a record does not follow a profile.
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"), db_default=Now())
    # Once its bytes were removed to make room, see `removing.remove`: when, by whom, and for which organisation.
    removed_at = models.DateTimeField(_("removed at"), null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("removed by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    removed_for = models.CharField(
        _("removed for"), max_length=160, blank=True, default="", db_default="", editable=False
    )

    objects = FileVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a file")
        verbose_name_plural = _("versions of files")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="file_version_once"),
            models.CheckConstraint(
                condition=(Q(removed_at=None) & ~Q(content="")) | Q(removed_at__isnull=False, content=""),
                name="file_version_is_there_or_removed",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file on its way: comes in parts, goes on after a broken connection, and is nothing before it is whole."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consortium = models.ForeignKey(Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    # In bytes: what was announced, and what has arrived. Only the latter counts, whatever is stored.
    size = models.PositiveIntegerField(_("size"))
    received = models.PositiveIntegerField(_("received"), default=0, db_default=0)
    changed_at = models.DateTimeField(_("changed at"), db_default=Now())

    class Meta:
        verbose_name = _("unfinished upload")
        verbose_name_plural = _("unfinished uploads")

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """Where its slices lie: each adds its number (`uploading`)."""
        return f"{PLACE}/unfinished/{self.uuid.hex}"
