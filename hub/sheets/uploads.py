"""An uploaded spreadsheet as rows of text; what is broken, dangerous or too large is refused with words."""

import csv
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from tablib import Dataset

from hub.files.checking import extension_of
from hub.sheets.cells import KEY, as_text, unguarded
from hub.sheets.csv_files import records_of_csv
from hub.sheets.xlsx_files import records_of_xlsx

MOST_BYTES = 5_000_000
MOST_ROWS = 500
MOST_COLUMNS = 150
# Lines that are looked at, the empty ones between and below the rows included.
MOST_LINES = 20_000
LONGEST_CELL = 50_000
# In the data set that is checked, the column with the number that the row has in the person's own file.
ROW_NUMBER = "#"


@dataclass(frozen=True)
class Sheet:
    """Column names in the order of the file, and its rows, each with its number there."""

    columns: list[str]
    rows: list[tuple[int, list[str]]]
    # What was left out or guessed when the file was read.
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As it is kept until somebody confirms it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """The sheet that was kept."""
        rows = [(number, cells) for number, cells in kept["rows"]]
        return cls(kept["columns"], rows, kept.get("notes", []))

    def dataset(self) -> Dataset:
        """For the resource, which reads each row by the names of its columns."""
        return Dataset(*([number, *cells] for number, cells in self.rows), headers=[ROW_NUMBER, *self.columns])


def read(file: UploadedFile) -> Sheet:
    """What is in the file; raises ValidationError with a sentence for the person who uploaded it."""
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(
            _("The file is larger than %(most)d MB. Split it.") % {"most": MOST_BYTES // 1_000_000}, code="size"
        )
    extension = extension_of(file)
    file.seek(0)
    notes: list[str] = []
    if extension == "csv":
        records = records_of_csv(file.read(), notes)
    elif extension == "xlsx":
        records = records_of_xlsx(file, most_lines=MOST_LINES, most_columns=MOST_COLUMNS)
    else:
        raise ValidationError(_("Save the file as .xlsx or .csv first; .%s cannot be read.") % extension, code="kind")
    try:
        return _sheet(records, notes)
    except csv.Error as error:
        message = _("The file cannot be read as CSV: %s. Is a quotation mark missing?")
        raise ValidationError(message % error, code="csv") from error


def _sheet(records: Iterator[list[Any]], notes: list[str]) -> Sheet:
    columns: list[str] = []
    above: list[tuple[int, list[str]]] = []
    rows: list[tuple[int, list[str]]] = []
    for number, values in enumerate(records, start=1):
        if number > MOST_LINES:
            message = _("The sheet goes on for more than %d lines. Delete the empty ones below your rows.")
            raise ValidationError(message % MOST_LINES, code="lines")
        cells = _cells(values, number)
        if not any(cells):
            continue
        if not columns:
            above.append((number, cells))
            if KEY in (cell.casefold() for cell in cells):
                columns = _column_names(cells)
                notes += _skipped(above[:-1])
            continue
        rows.append((number, _fitted(cells, columns, number)))
        if len(rows) > MOST_ROWS:
            message = _("The file holds more than %d rows, the most that one import takes. Split it.")
            raise ValidationError(message % MOST_ROWS, code="rows")
    if not columns and above:  # whoever looks at the columns says that the one that counts is missing
        columns = _column_names(above[0][1])
        rows = [(number, _fitted(cells, columns, number)) for number, cells in above[1 : MOST_ROWS + 1]]
    if not rows:
        raise ValidationError(_("The file holds no rows below the names of its columns."), code="empty")
    return Sheet(columns, rows, notes)


def _skipped(above: list[tuple[int, list[str]]]) -> list[str]:
    """Says which rows stood above the names of the columns."""
    return [
        _("Row %(row)d stands above the names of the columns and was left out: “%(words)s”.")
        % {"row": number, "words": Truncator(" ".join(cell for cell in cells if cell)).chars(80)}
        for number, cells in above
    ]


def _cells(values: list[Any], number: int) -> list[str]:
    cells = [unguarded(as_text(value)).strip() for value in values]
    for cell in cells:
        if len(cell) > LONGEST_CELL:
            message = _("Row %(row)d has a cell of more than %(most)d characters.")
            raise ValidationError(message % {"row": number, "most": LONGEST_CELL}, code="cell")
        if "\0" in cell:
            message = _("Row %(row)d has a character that no text holds. Save the file anew from your spreadsheet.")
            raise ValidationError(message % {"row": number}, code="null")
    return cells


def _column_names(cells: list[str]) -> list[str]:
    names = [cell.casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise ValidationError(_("The sheet has more than %d columns.") % MOST_COLUMNS, code="columns")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise ValidationError(_("These columns stand there twice: %s.") % ", ".join(twice), code="twice")
    return names


def _fitted(cells: list[str], columns: list[str], number: int) -> list[str]:
    """As many cells as there are columns; a cell below no name is a sign that the row has slipped."""
    beyond = any(cells[len(columns) :])
    nameless = any(cell for name, cell in zip(columns, cells, strict=False) if not name)
    if beyond or nameless:
        message = _("Row %d has a cell in a column without a name. Is a separator or a quotation mark wrong?")
        raise ValidationError(message % number, code="slipped")
    return (cells + [""] * len(columns))[: len(columns)]
