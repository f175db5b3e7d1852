"""A version comes beside those that are there: `add`; all go with their file: `remove`."""

from datetime import datetime
from hashlib import sha256

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from accounts.users.models import User
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Member
from consortia.files import space
from consortia.files.models import FileVersion, StoredFile
from hub.files.private import clean_name

# So many versions of one file.
MOST = 200


@transaction.atomic
def add(
    file: StoredFile, upload: UploadedFile, *, member: Member | None, by: User, at: datetime | None = None
) -> FileVersion | None:
    """Keep what was checked (`checking.check`) as the next version; None when it is the last one once more.

    `at`: when the complete request came, where a deadline counts; else when the row is written.

    Two at once come one after the other: the row of the file is held, and by whoever calls the consortium, for the sum
    of its files. Raises RefusedError when it has too many, or when the consortium has no space left.
    """
    held = StoredFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    digest, name = digest_of(upload), clean_name(upload.name or "")
    last = held.versions.order_by("-number").first()
    if last and (last.sha256, last.name) == (digest, name):
        return None
    number = (held.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    if held.versions.there().count() >= MOST:
        said = gettext("It has %(number)d versions, which is the most. Remove older ones, or add it as a new document.")
        raise RefusedError(said % {"number": MOST})
    if said := space.refusal(held.consortium, upload.size or 0):
        raise RefusedError(said)
    return FileVersion.objects.create(
        file=held,
        number=number,
        name=name,
        content=upload,
        size=upload.size or 0,
        sha256=digest,
        organisation_name=member.organisation.name if member else "",
        by=by,
        **({"at": at} if at else {}),
    )


def digest_of(upload: UploadedFile) -> str:
    """SHA-256 of what is inside, in hexadecimal digits; the file is at its beginning afterwards."""
    upload.seek(0)
    found = sha256()
    for piece in upload.chunks():
        found.update(piece)
    upload.seek(0)
    return found.hexdigest()


@transaction.atomic
def remove(file: StoredFile) -> None:
    """The rows now, and what they stand for once that is certain."""
    kept = [(each.content.storage, str(each.content.name)) for each in file.versions.there()]
    file.delete()
    for storage, name in kept:
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))  # type: ignore[misc]  # bound
