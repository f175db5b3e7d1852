"""XLSX, which is an archive of XML: looked at from outside before openpyxl reads it."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from hub.files.checking import NOT_AN_ARCHIVE, check_unpacked, open_archive

# Some thirty times the text of the largest import; reading takes a few seconds at worst.
MOST_UNPACKED = 30_000_000
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_TYPES = "[Content_Types].xml"


def records_of_xlsx(file: UploadedFile, *, most_lines: int, most_columns: int) -> Iterator[list[Any]]:
    """The rows of the first sheet, a line more than allowed at most, each a cell wider than allowed at most."""
    _check(file)
    try:
        results = _rows(file, most_lines, most_columns, formulas=False)
        formulas = _rows(file, most_lines, most_columns, formulas=True)
        for number, (row, written) in enumerate(zip(results, formulas, strict=True), start=1):
            _check_results(row, written, number)
            yield list(row)
    except ValidationError:
        raise
    except Exception as error:  # each broken part breaks the reader in its own way
        raise _unreadable() from error


def _rows(file: UploadedFile, most_lines: int, most_columns: int, *, formulas: bool) -> Iterator[tuple[Any, ...]]:
    """The cells as they were last shown, or with the formulas that stand in them."""
    file.seek(0)
    content = BytesIO(file.read())
    workbook = load_workbook(content, read_only=True, data_only=not formulas, keep_links=False)
    sheet = workbook.worksheets[0]
    # Files from elsewhere are wrong about their own size, in both directions.
    sheet.reset_dimensions()
    yield from sheet.iter_rows(max_row=most_lines + 1, max_col=most_columns + 1, values_only=True)
    workbook.close()


def _check_results(row: tuple[Any, ...], written: tuple[Any, ...], number: int) -> None:
    """A formula whose result no spreadsheet has stored looks empty, and would erase what the practice says."""
    for at, (result, formula) in enumerate(zip(row, written, strict=True), start=1):
        if result is None and formula is not None:
            message = _("Cell %(cell)s holds a formula without its result. Put the result there as text.")
            raise ValidationError(message % {"cell": f"{get_column_letter(at)}{number}"}, code="formula")


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
        with open_archive(file) as archive:
            check_unpacked(archive, at_most=MOST_UNPACKED)
            names = [name.casefold() for name in archive.namelist()]
            types = archive.read(_TYPES).lower()
    except NOT_AN_ARCHIVE as error:
        raise _unreadable() from error
    if b"macroenabled" in types or any("vbaproject" in name or "macrosheets/" in name for name in names):
        raise ValidationError(_("The file holds macros. Save it as .xlsx without them."), code="macros")
