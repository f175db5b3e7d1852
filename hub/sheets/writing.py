"""Rows as a file: XLSX, CSV or JSON, as many as there are, in little memory.

Values keep their kind: numbers and days are such in a spreadsheet, moments are those of Brussels, and no text runs.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from tempfile import TemporaryFile
from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from hub.dates import brussels
from hub.sheets.cells import LONGEST_IN_XLSX, guarded

CSV, XLSX, JSON = "csv", "xlsx", "json"
# In the order in which they are offered.
FORMATS = (XLSX, CSV, JSON)
SPREADSHEETS = (XLSX, CSV)
# What people read on a link or a choice; the same in every language.
LABELS = {XLSX: "Excel (XLSX)", CSV: "CSV", JSON: "JSON"}
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    JSON: "application/json",
}
# Tells spreadsheets that the letters are UTF-8.
_MARK = "\ufeff"


# Two formats that every spreadsheet shows as the country of its reader writes days and moments.
_DAY, _MOMENT = "mm-dd-yy", "m/d/yy h:mm"
# What the name of a sheet may have, and no more.
_LONGEST_TITLE = 31
_BOLD = Font(bold=True)


def download(
    name: str, kind: str, header: list[str], rows: Iterable[list[Any]], *, dated: bool = True
) -> HttpResponseBase:
    """A file of these rows, called `name` and, if `dated`, today.

    Raises ValidationError where the format cannot hold them.
    """
    file_name = f"{name}-{timezone.localdate().isoformat()}.{kind}" if dated else f"{name}.{kind}"
    if kind == XLSX:
        file = xlsx_file(name, header, rows)
        return FileResponse(file, as_attachment=True, filename=file_name, content_type=TYPES[kind])
    written = csv_lines(header, rows) if kind == CSV else _json_lines(header, rows)
    response = StreamingHttpResponse(written, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """CSV as the spreadsheets of who asks read it, a row at a time.

    Where numbers have a comma, as in Dutch, French and German, a semicolon stands between the cells. The language
    is taken at once: the rows are written when it is no longer known.
    """
    return _csv_lines(header, rows, str(get_format("DECIMAL_SEPARATOR", lang=get_language(), use_l10n=True)))


def _csv_lines(header: Iterable[str], rows: Iterable[Iterable[Any]], decimal_sign: str) -> Iterator[str]:
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";" if decimal_sign == "," else ",")
    buffer.write(_MARK)
    writer.writerow(header)
    for row in rows:
        writer.writerow([_csv_cell(value, decimal_sign) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _csv_cell(value: Any, decimal_sign: str) -> Any:
    match _in_brussels(value):
        case None | bool() | int() as plain:
            return plain
        case float() | Decimal() as number:
            return str(number).replace(".", decimal_sign)
        case datetime() as moment:
            return moment.strftime("%Y-%m-%d %H:%M")
        case date() as day:
            return day.isoformat()
        case other:
            return guarded(str(other))


def _in_brussels(value: Any) -> Any:
    """Moments without their zone, which spreadsheets do not know."""
    if isinstance(value, datetime):
        local = brussels.local(value) if timezone.is_aware(value) else value
        return local.replace(tzinfo=None, microsecond=0)
    return value


def _json_lines(header: list[str], rows: Iterable[list[Any]]) -> Iterator[str]:
    """A list with an object on each line; values as they are."""
    opening = "[\n"
    for row in rows:
        yield opening + json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False, default=str)
        opening = ",\n"
    yield "\n]\n" if opening != "[\n" else "[]\n"


def xlsx_file(
    title: str,
    header: Iterable[str],
    rows: Iterable[Iterable[Any]],
    *,
    more: dict[str, list[list[str]]] | None = None,
) -> Any:
    """An open file with the rows on its first sheet; `more` are further sheets by their names."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title[:_LONGEST_TITLE])
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, name) for name in header])
    try:
        for row in rows:
            _append(sheet, list(row))
        for name, lines in (more or {}).items():
            beside = workbook.create_sheet(name)
            for line in lines:
                _append(beside, line)
    except ValidationError:
        with TemporaryFile() as unwanted:
            workbook.save(unwanted)  # closes and deletes what it wrote so far
        raise
    file = TemporaryFile()  # noqa: SIM115  # the response closes it
    workbook.save(file)
    file.seek(0)
    return file


def _heading(sheet: Any, name: str) -> Any:
    cell = WriteOnlyCell(sheet, str(name))
    cell.font = _BOLD
    return cell


def _append(sheet: Any, row: list[Any]) -> None:
    sheet.append([_xlsx_cell(sheet, value, row) for value in row])


def _xlsx_cell(sheet: Any, value: Any, row: list[Any]) -> Any:
    match _in_brussels(value):
        case None | bool() | int() | float() | Decimal() as plain:
            return plain
        case date() as day:  # a moment is one, too
            cell = WriteOnlyCell(sheet, day)
            cell.number_format = _MOMENT if isinstance(day, datetime) else _DAY
            return cell
        case other:
            text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", guarded(str(other)))
    if len(text) > LONGEST_IN_XLSX:
        message = _("“%s” has a text that is too long for XLSX. Take CSV or JSON instead.")
        raise ValidationError(message % row[0], code="long")
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
