"""What may be inside an uploaded file: pictures that can be shown, documents that are what their names say."""

import zlib
from pathlib import PurePath
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import filetype
import PIL.Image
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField

from hub.files.bare_pictures import make_bare

# An archive that unpacks to more than this, or grows more than a hundredfold, is made to fill disks.
UNPACKED_BYTES = 200_000_000
UNPACKED_RATIO = 100
# In bytes, of what lists the parts of an archive: some ten thousand parts, many times those of the largest document.
MOST_LISTED = 1_000_000
PART_OF = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
# How reading an archive breaks that is none, or was cut off, or was made to break its reader.
NOT_AN_ARCHIVE = (BadZipFile, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error)


class PictureField(WagtailImageField):
    """Wagtail's field, for files that were made to break their decoder as well; what tells of its maker is left out."""

    def to_python(self, data: Any) -> Any:
        try:
            self._check_header(data)
            found = super().to_python(data)
            if isinstance(found, UploadedFile):
                make_bare(found)
            return found
        except ValidationError:
            raise
        except Exception as error:  # each decoder breaks in its own way
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error

    def _check_header(self, data: Any) -> None:
        """Size and dimensions stand in front of the picture: nothing is decoded yet."""
        if not isinstance(data, UploadedFile):
            return
        self.check_image_file_size(data)
        with PIL.Image.open(data) as picture:
            width, height = picture.size
        data.seek(0)
        if width * height > self.max_image_pixels:
            raise ValidationError(
                self.error_messages["file_too_many_pixels"]
                % {"num_pixels": width * height, "max_pixels_count": self.max_image_pixels},
                code="file_too_many_pixels",
            )


def extension_of(file: UploadedFile) -> str:
    """What the name says that is inside: `xlsx`."""
    return PurePath(file.name or "").suffix.lower().lstrip(".")


def check_content(file: UploadedFile) -> None:
    """What is inside must be what the name says; how it is served does not rest on this alone."""
    extension = extension_of(file)
    file.seek(0)
    if not _is_inside(file, extension):
        message = _("What is inside this file is not .%(extension)s. Save it in that format and try again.")
        raise ValidationError(message, code="content", params={"extension": extension})
    file.seek(0)


def _is_inside(file: IO[bytes] | UploadedFile, extension: str) -> bool:
    start = file.read(4096)
    if extension == "pdf":
        return b"%PDF-" in start[:1024]
    if extension in {"csv", "txt"}:
        return _is_text(start)
    try:
        with open_archive(file) as archive:
            check_unpacked(archive)
            return _fits(archive, extension)
    except NOT_AN_ARCHIVE:
        return False


def _is_text(start: bytes) -> bool:
    """No format that we know; what Excel calls Unicode text has zeros but says so."""
    return start.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\x00" not in start and filetype.guess(start) is None)


def open_archive(file: IO[bytes] | UploadedFile) -> ZipFile:
    """As `ZipFile` does, which reads all that an archive lists, however many parts: seconds of work in a few megabytes.

    Where too much would be listed, nothing is. What counts is how much would be read, whatever number of parts the
    archive tells, with or without zip64. Raises ValidationError, besides all that `ZipFile` raises.
    """
    archive = ZipFile(cast(IO[bytes], _Listing(file)))
    archive.fp = cast(IO[bytes], file)
    return archive


class _Listing:
    """A file from which no more is read at once than an archive may list."""

    def __init__(self, file: IO[bytes] | UploadedFile) -> None:
        self.seek, self.tell, self._file = file.seek, file.tell, file

    def read(self, size: int = -1) -> bytes:
        if size > MOST_LISTED:
            said = _("This archive has far more parts than a document needs. Save the document anew and send that.")
            raise ValidationError(said, code="bomb")
        return self._file.read(size)


def check_unpacked(archive: ZipFile, *, at_most: int = UNPACKED_BYTES) -> None:
    """Refuses an archive that would grow past all measure; before anything of it is unpacked.

    Raises BadZipFile where a part is packed in a way that Python unpacks without any bound, whatever size is told: 500
    bytes of bzip2 fill the memory. Office files know none but these two (ECMA-376-2, annex B; ODF 1.3, part 2, 3.1).
    """
    parts = archive.infolist()
    if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
        raise BadZipFile
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > at_most or unpacked > UNPACKED_RATIO * max(packed, 1):
        raise ValidationError(_("This archive unpacks to far more than its size."), code="bomb")


def _fits(archive: ZipFile, extension: str) -> bool:
    if extension == "zip":
        return True
    if folder := PART_OF.get(extension):
        return any(name.startswith(folder) for name in archive.namelist())
    with archive.open("mimetype") as kind:
        return kind.read(len(OPEN_DOCUMENT)) == OPEN_DOCUMENT
