"""A file comes in parts and goes on where it stopped: what has arrived is told, and sent twice changes nothing.

Storage that several machines share lengthens no file, so what arrives lies in slices: the bytes from `n * PART` on are
the file `<place>.<n>`, whatever the size of the parts in which they came.
"""

from tempfile import TemporaryFile
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
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

# One part at most, and a slice, in bytes: few enough requests for the limits of the proxy, little to send again.
PART = 4_000_000
# Smaller ones, but for the last of a file, are refused: each has the slice it falls into written anew.
SMALLEST_PART = 64_000
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


def is_too_small(upload: Upload, part: bytes, *, offset: int) -> bool:
    """Whether this part is smaller than any but the last one may be."""
    return len(part) < min(SMALLEST_PART, PART) and offset + len(part) < upload.size


@transaction.atomic
def receive(upload: Upload, part: bytes, *, offset: int) -> int:
    """Put a part behind what is there; returns how much there is then.

    What is stored behind `received` is no one's: it came with a broken request, and is written over.
    Raises OtherOffsetError, also for more than was announced.
    """
    held = Upload.objects.select_for_update().get(pk=upload.pk)
    there, received = arrived(held), offset + len(part)
    if offset != there or received > held.size:
        raise OtherOffsetError(there)
    for number in range(offset // PART, -(-received // PART)):
        begins = number * PART
        before = _read(held, number)[: offset - begins] if begins < offset else b""
        _write(held, number, before + part[max(begins - offset, 0) : begins + PART - offset])
    Upload.objects.filter(pk=held.pk).update(received=received, changed_at=Now())
    return received


def arrived(upload: Upload) -> int:
    """How many bytes are surely there, whatever happened to the storage."""
    there = 0
    for number in range(-(-upload.received // PART)):
        try:
            size = default_storage.size(_slice(upload, number))
        except FileNotFoundError:
            break
        there += min(size, PART)
        if size < PART:
            break
    return min(upload.received, there)


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
    whole = TemporaryFile()  # noqa: SIM115 - whoever asked closes it
    for number in range(-(-upload.size // PART)):
        whole.write(_read(upload, number))
    whole.truncate(upload.size)
    whole.seek(0)
    return UploadedFile(file=whole, name=upload.name, size=upload.size)


def drop(upload: Upload) -> None:
    """It became a file, or never will."""
    slices = [_slice(upload, number) for number in range(-(-upload.size // PART))]
    upload.delete()
    for place in slices:
        transaction.on_commit(lambda place=place: default_storage.delete(place))  # type: ignore[misc]  # bound


def _slice(upload: Upload, number: int) -> str:
    return f"{upload.place}.{number}"


def _read(upload: Upload, number: int) -> bytes:
    with default_storage.open(_slice(upload, number), "rb") as file:
        return bytes(file.read(PART))


def _write(upload: Upload, number: int, content: bytes) -> None:
    """In place of what is there. Killed in between, less has arrived, and its sender goes on from there."""
    default_storage.delete(_slice(upload, number))
    default_storage.save(_slice(upload, number), ContentFile(content))
