"""Every picture that is stored loses what its camera and its programs wrote into it, whatever way it came."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models.signals import pre_save
from PIL import UnidentifiedImageError

from hub.files.picture_metadata import bare


def connect() -> None:
    """Catches what no form of ours has read: avatars, and what programs store."""
    pre_save.connect(_before_it_is_stored, dispatch_uid="hub.bare_pictures")


def make_bare(upload: UploadedFile) -> None:
    """Rewrites what was uploaded in its place, so that whoever holds it stores what is left."""
    upload.seek(0)
    content = upload.read()
    left = bare(content)
    if left != content:
        upload.seek(0)
        upload.truncate()
        upload.write(left)
        upload.flush()
        upload.size = len(left)
    upload.seek(0)


def _before_it_is_stored(instance: models.Model, raw: bool = False, **_signal: Any) -> None:
    fields = [] if raw else [field for field in instance._meta.fields if isinstance(field, models.ImageField)]
    for field in fields:
        stored = getattr(instance, field.name)
        if not stored or stored._committed:
            continue
        stored.file.seek(0)
        content = stored.file.read()
        stored.file.seek(0)
        try:
            left = bare(content)
        except (OSError, UnidentifiedImageError):  # whether it is a picture is for forms to say
            continue
        if left != content:
            stored.file = ContentFile(left, name=stored.name)
            field.update_dimension_fields(instance, force=True)
            if hasattr(instance, "_set_image_file_metadata"):
                instance._set_image_file_metadata()
