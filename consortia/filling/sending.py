"""A file of a proposal is sent: each one is a version beside those before it."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.users.models import User
from consortia.asked_parts.models import AskedPart
from consortia.consortium.acting import note
from consortia.consortium.models import Consortium
from consortia.files import versions
from consortia.files.models import FileVersion, StoredFile
from consortia.filling.models import Filling
from consortia.filling.writing import asked_of, take_part
from consortia.receipts import clock


@transaction.atomic
def send(
    consortium: Consortium, part: AskedPart, upload: UploadedFile, *, by: User, arrived: datetime | None = None
) -> FileVersion | None:
    """The next version, of what was checked; None when it is the last one once more. Raises RefusedError.

    `arrived`: when the complete request came, by the database's clock.
    """
    arrived = arrived or clock.now()
    acting = take_part(consortium, by, arrived)
    asked = asked_of(acting.consortium, part, AskedPart.Kind.FILE)
    file = StoredFile.objects.filter(filling__consortium=acting.consortium, filling__part=asked).first()
    if file is None:
        file = StoredFile.objects.create(consortium=acting.consortium)
        Filling.objects.create(consortium=acting.consortium, part=asked, file=file)
    made = versions.add(file, upload, member=acting.member, by=by, at=arrived)
    if made:
        note(acting, "fill_part", note=str(asked))
    return made
