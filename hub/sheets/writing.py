"""Rows as a file: CSV, XLSX or JSON, as many as there are, in little memory."""

import csv
import json
from collections.abc import Iterable, Iterator
from io import StringIO
from tempfile import TemporaryFile
from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from hub.sheets.cells import LONGEST_IN_XLSX, guarded

CSV, XLSX, JSON = "csv", "xlsx", "json"
FORMATS = (CSV, XLSX, JSON)
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    JSON: "application/json",
}
# Tells spreadsheets that the letters are UTF-8.
_MARK = "\ufeff"


def download(name: str, kind: str, header: list[str], rows: Iterable[list[Any]]) -> HttpResponseBase:
    """A file of these rows, called `name` and today; raises ValidationError where the format cannot hold them."""
    file_name = f"{name}-{timezone.localdate().isoformat()}.{kind}"
    if kind == XLSX:
        file = xlsx_file(name, header, rows)
        return FileResponse(file, as_attachment=True, filename=file_name, content_type=TYPES[kind])
    written = csv_lines(header, rows) if kind == CSV else _json_lines(header, rows)
    response = StreamingHttpResponse(written, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _guarded(value: Any) -> Any:
    return guarded(value) if isinstance(value, str) else value


def csv_lines(header: list[str], rows: Iterable[list[Any]]) -> Iterator[str]:
    """CSV as spreadsheets like it, a row at a time."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    buffer.write(_MARK)
    writer.writerow(header)
    for row in rows:
        writer.writerow([_guarded(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _json_lines(header: list[str], rows: Iterable[list[Any]]) -> Iterator[str]:
    """A list with an object on each line; values as they are."""
    opening = "[\n"
    for row in rows:
        yield opening + json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False)
        opening = ",\n"
    yield "\n]\n" if opening != "[\n" else "[]\n"


def xlsx_file(
    title: str, header: list[str], rows: Iterable[list[Any]], *, more: dict[str, list[list[str]]] | None = None
) -> Any:
    """An open file with the rows on its first sheet; `more` are further sheets by their names."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(header)
    try:
        for row in rows:
            sheet.append([_xlsx_cell(sheet, value, row) for value in row])
    except ValidationError:
        with TemporaryFile() as unwanted:
            workbook.save(unwanted)  # closes and deletes what it wrote so far
        raise
    for name, lines in (more or {}).items():
        beside = workbook.create_sheet(name)
        for line in lines:
            beside.append(line)
    file = TemporaryFile()  # noqa: SIM115  # the response closes it
    workbook.save(file)
    file.seek(0)
    return file


def _xlsx_cell(sheet: Any, value: Any, row: list[Any]) -> Any:
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", guarded(value))
    if len(text) > LONGEST_IN_XLSX:
        message = _("“%s” has a text that is too long for XLSX. Take CSV or JSON instead.")
        raise ValidationError(message % row[0], code="long")
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
