"""A file comes in parts and goes on where it stopped: what has arrived is told, and sent twice changes nothing."""

from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from consortia.consortium.acting import actor
from consortia.consortium.models import Consortium
from consortia.files import checking, space
from consortia.files.models import Upload
from hub.files.private import clean_name

# One part at most, in bytes: few enough requests for the limits of the proxy, little to send again.
PART = 4_000_000
# So many a person has on the way at once; the oldest gives way.
MOST = 10


class OtherOffsetError(Exception):
    """The part does not begin where the last one ended; `received` is where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


def refusal(consortium: Consortium, user: User) -> str:
    """Why this person sends nothing, in words; nothing where they may.

    Whoever fills a part of a proposal may add a document as well: one line of the table speaks for both.
    """
    return actor(consortium, user, "add_document").refusal("add_document")


@transaction.atomic
def begin(consortium: Consortium, *, name: str, size: int, by: User) -> Upload:
    """Announce a file. Raises ValidationError when it would not be taken whatever is inside."""
    checking.check_announced(name, size)
    space.check(consortium, size)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    for old in Upload.objects.filter(by=by).order_by("-changed_at", "-pk")[MOST - 1 :]:
        drop(old)
    return Upload.objects.create(consortium=consortium, by=by, name=clean_name(name), size=size)


@transaction.atomic
def receive(upload: Upload, part: bytes, *, offset: int) -> int:
    """Put a part behind what is there; returns how much there is then.

    What lies on the disk behind `received` is no one's: it came with a broken request, and is written over.
    Raises OtherOffsetError, also for more than was announced.
    """
    held = Upload.objects.select_for_update().get(pk=upload.pk)
    path, there = _path(held), arrived(held)
    if offset != there or there + len(part) > held.size:
        raise OtherOffsetError(there)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.seek(offset)
        file.write(part)
        file.truncate()
    received = offset + len(part)
    Upload.objects.filter(pk=held.pk).update(received=received, changed_at=Now())
    return received


def arrived(upload: Upload) -> int:
    """How many bytes are surely there, whatever happened to the disk."""
    path = _path(upload)
    return min(upload.received, path.stat().st_size if path.exists() else 0)


def keep(consortium: Consortium, file: UploadedFile, *, by: User) -> Upload:
    """A whole file that was checked, for a form that is not right yet in other fields."""
    made = begin(consortium, name=file.name or "", size=file.size or 0, by=by)
    offset = 0
    for piece in file.chunks(PART):
        offset = receive(made, piece, offset=offset)
    file.seek(0)
    return made


def of_person(consortium: Consortium, user: User, key: UUID) -> Upload | None:
    """An upload is its sender's alone, in the consortium for which it was begun."""
    return Upload.objects.filter(consortium=consortium, by=user, uuid=key).first()


def opened(upload: Upload) -> UploadedFile:
    """What has come, as if it had come with a form. Raises ValidationError when something is missing."""
    if arrived(upload) < upload.size:
        said = _("Not all of this file has arrived. Choose it again: what is there already is not sent once more.")
        raise ValidationError(said, code="unfinished")
    return UploadedFile(file=_path(upload).open("rb"), name=upload.name, size=upload.size)


def drop(upload: Upload) -> None:
    """It became a file, or never will."""
    path = _path(upload)
    upload.delete()
    transaction.on_commit(lambda: _unlink(path))


def _unlink(path: Path) -> None:
    with suppress(FileNotFoundError):
        path.unlink()


def _path(upload: Upload) -> Path:
    return Path(default_storage.path(upload.place))
