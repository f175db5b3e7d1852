"""What may come as a file: by its content, its size and its name; each refusal says what would be taken."""

import re
import warnings
from collections.abc import Collection
from pathlib import PurePath
from zipfile import BadZipFile

import PIL.Image
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from hub.files.checking import NOT_AN_ARCHIVE, check_content, check_unpacked, extension_of, open_archive

# In bytes; the proxy lets 25 MB through.
LARGEST = 20 * 1024 * 1024
PICTURES = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG"}
DOCUMENTS = ("pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp")
ENDINGS = (*DOCUMENTS, *PICTURES)
# What a password makes of an office file: a container instead of an archive, with a part of this name (MS-OFFCRYPTO).
_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE_ENCRYPTED = re.compile(re.escape("EncryptedPackage".encode("utf-16-le")))
# Stands in a trailer, which is never compressed (ISO 32000-2, 7.5.5 and 7.6.1).
_PDF_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_BEFORE_A_PDF = b"\0\t\n\f\r \xef\xbb\xbf"
_ODF_ENCRYPTED = b"encryption-data"
_PIECE, _OVERLAP = 1_000_000, 64
_MANIFEST_BYTES = 5_000_000


def check(file: UploadedFile, *, endings: Collection[str] = ENDINGS, largest: int = LARGEST) -> None:
    """Raises ValidationError with what is wrong and what to do; the file is at its beginning afterwards."""
    check_announced(file.name or "", file.size or 0, endings=endings, largest=largest)
    file.seek(0)
    ending = extension_of(file)
    if ending in PICTURES:
        _check_picture(file, PICTURES[ending])
    else:
        _check_open(file, ending)
        check_content(file)
        if ending == "pdf" and not file.read(1024).lstrip(_BEFORE_A_PDF).startswith(b"%PDF-"):
            raise ValidationError(_("This is no PDF, whatever its name says. Save it as PDF."), code="content")
        if ending != "pdf":
            _check_parts(file)
    file.seek(0)


def check_announced(name: str, size: int, *, endings: Collection[str] = ENDINGS, largest: int = LARGEST) -> None:
    """What can be said before a byte has come, by name and size. Raises ValidationError."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending not in endings:
        raise ValidationError(
            _("Files of this kind are not taken. Save it as one of these: %(endings)s."),
            code="kind",
            params={"endings": ", ".join(endings)},
        )
    if size <= 0:
        raise ValidationError(_("This file is empty. Choose the one with the content."), code="empty")
    if size > largest:
        raise ValidationError(
            _("This file is %(size)s. It may be at most %(most)s: make its pictures smaller or divide it."),
            code="size",
            params={"size": filesizeformat(size), "most": filesizeformat(largest)},
        )


def _check_picture(file: UploadedFile, kind: str) -> None:
    said = _("This picture cannot be read. Save it again as PNG or JPEG.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PIL.Image.DecompressionBombWarning)
            with PIL.Image.open(file, formats=[kind]) as picture:
                width, height = picture.size
                if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                    raise ValidationError(_("This picture has too many pixels. Make it smaller."), code="bomb")
                picture.verify()
    except ValidationError:
        raise
    except Exception as error:  # each decoder breaks in its own way
        raise ValidationError(said, code="content") from error


def _check_open(file: UploadedFile, ending: str) -> None:
    """No password: who assesses it has none, and nobody could see what is inside."""
    if ending == "pdf":
        is_locked = _is_found(file, _PDF_ENCRYPTED)
    else:
        is_container = file.read(len(_CONTAINER)) == _CONTAINER
        is_locked = _is_found(file, _OFFICE_ENCRYPTED) if is_container else _is_locked_archive(file)
    file.seek(0)
    if is_locked:
        raise ValidationError(
            _("This file is protected with a password. Save it without one and send it again."), code="encrypted"
        )


def _is_found(file: UploadedFile, words: re.Pattern[bytes]) -> bool:
    """In any piece of the file, borders included."""
    before = b""
    while piece := file.read(_PIECE):
        if words.search(before + piece):
            return True
        before = piece[-_OVERLAP:]
    return False


def _is_locked_archive(file: UploadedFile) -> bool:
    try:
        file.seek(0)
        with open_archive(file) as archive:
            check_unpacked(archive)
            if any(part.flag_bits & 1 for part in archive.infolist()):
                return True
            names = set(archive.namelist())
            if "META-INF/manifest.xml" not in names:
                return False
            with archive.open("META-INF/manifest.xml") as manifest:
                return _ODF_ENCRYPTED in manifest.read(_MANIFEST_BYTES)
    except NOT_AN_ARCHIVE:
        return False  # `check_content` says so


def _check_parts(file: UploadedFile) -> None:
    """What an archive says of its size may be a lie: as much is unpacked as it says, and not a byte more."""
    file.seek(0)
    try:
        with open_archive(file) as archive:
            check_unpacked(archive)
            if (broken := archive.testzip()) is not None:
                raise BadZipFile(broken)
    except NOT_AN_ARCHIVE as error:
        said = _("This file is damaged. Open it, save it again and send that.")
        raise ValidationError(said, code="content") from error
