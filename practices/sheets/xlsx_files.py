"""XLSX, which is an archive of XML: looked at from outside before openpyxl reads it."""

from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from hub.uploaded_files import NOT_AN_ARCHIVE, check_unpacked

# Some thirty times the text of the largest import; reading takes a few seconds at worst.
MOST_UNPACKED = 30_000_000
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_TYPES = "[Content_Types].xml"


def records_of_xlsx(file: UploadedFile, *, most_lines: int, most_columns: int) -> Iterator[list[Any]]:
    """The rows of the first sheet, a line more than allowed at most, each a cell wider than allowed at most."""
    _check(file)
    file.seek(0)
    try:
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = workbook.worksheets[0]
        # Files from elsewhere are wrong about their own size, in both directions.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=most_lines + 1, max_col=most_columns + 1, values_only=True)
        yield from (list(row) for row in rows)
        workbook.close()
    except ValidationError:
        raise
    except Exception as error:  # each broken part breaks the reader in its own way
        raise _unreadable() from error


def _unreadable() -> ValidationError:
    return ValidationError(
        _("This .xlsx file cannot be read. Open it in a spreadsheet and save it anew."), code="broken"
    )


def _check(file: UploadedFile) -> None:
    file.seek(0)
    if file.read(len(_OLD_OR_LOCKED)) == _OLD_OR_LOCKED:
        message = _("The file has a password, or is an old .xls. Save it as .xlsx without a password.")
        raise ValidationError(message, code="locked")
    file.seek(0)
    try:
        with ZipFile(file) as archive:
            check_unpacked(archive, at_most=MOST_UNPACKED)
            names = [name.casefold() for name in archive.namelist()]
            types = archive.read(_TYPES).lower()
    except NOT_AN_ARCHIVE as error:
        raise _unreadable() from error
    if b"macroenabled" in types or any("vbaproject" in name or "macrosheets/" in name for name in names):
        raise ValidationError(_("The file holds macros. Save it as .xlsx without them."), code="macros")
