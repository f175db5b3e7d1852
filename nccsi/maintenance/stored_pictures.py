"""Cleans the pictures that were stored before uploads were cleaned."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from PIL import Image, UnidentifiedImageError
from wagtail.images import get_image_model
from wagtail.users.models import UserProfile

from hub.files.picture_metadata import bare
from practices.submissions.files import PICTURES
from practices.submissions.models import SubmissionFile


@dataclass
class Cleaned:
    """How many were looked at, how many held something, and which could not be read."""

    seen: int = 0
    cleaned: int = 0
    renditions: int = 0
    unreadable: list[str] = field(default_factory=list)


def clean_stored_pictures() -> Cleaned:
    """Pictures, their renditions, avatars and pictures of submissions, also while the portal runs."""
    done = Cleaned()
    for picture in get_image_model().objects.order_by("pk").iterator(chunk_size=100):
        _clean_picture(picture, done)
    for profile in UserProfile.objects.exclude(avatar="").order_by("pk").iterator():
        _clean_file(profile, "avatar", done)
    for file in SubmissionFile.objects.order_by("pk").iterator():
        if PurePath(file.name).suffix.lower().lstrip(".") in PICTURES:
            _clean_file(file, "file", done)
    return done


def _left(stored: Any, done: Cleaned) -> bytes | None:
    """What is to stay of a stored file, where something is to go."""
    try:
        with stored.storage.open(stored.name, "rb") as opened:
            content = opened.read()
        left = bare(content)
    except (OSError, UnidentifiedImageError):  # gone, or no picture any more
        done.unreadable.append(stored.name)
        return None
    return left if left != content else None


def _replace(row: models.Model, name: str, left: bytes) -> None:
    """Under a new name: proxies and browsers keep the old one for a year."""
    stored = getattr(row, name)
    storage, old = stored.storage, stored.name
    stored.save(old.rpartition("/")[2], ContentFile(left), save=False)
    transaction.on_commit(lambda: storage.delete(old))


def _clean_picture(picture: Any, done: Cleaned) -> None:
    done.seen += 1
    left = _left(picture.file, done)
    if left is None:
        _drop_renditions_that_tell(picture, done)
        return
    shape = picture.width, picture.height
    with transaction.atomic():
        _replace(picture, "file", left)
        picture._set_image_file_metadata()
        with Image.open(BytesIO(left)) as opened:
            picture.width, picture.height = opened.size
        if (picture.width, picture.height) != shape:
            picture.set_focal_point(None)  # it was measured on the picture that lay on its side
        picture.save()
        done.renditions += picture.renditions.count()
        for rendition in picture.renditions.all():
            rendition.delete()
    done.cleaned += 1


def _drop_renditions_that_tell(picture: Any, done: Cleaned) -> None:
    """They are made anew when a page needs them."""
    for rendition in picture.renditions.all():
        if _left(rendition.file, done) is not None:
            rendition.delete()
            done.renditions += 1


def _clean_file(row: Any, name: str, done: Cleaned) -> None:
    done.seen += 1
    left = _left(getattr(row, name), done)
    if left is None:
        return
    with transaction.atomic():
        _replace(row, name, left)
        if hasattr(row, "size"):
            row.size = len(left)
        row.save()
    done.cleaned += 1
