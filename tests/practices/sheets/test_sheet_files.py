"""Files that people upload as a spreadsheet of practices: what is read, and what is refused with which words."""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from hub.sheets import uploads
from hub.sheets.cells import as_text
from hub.sheets.csv_files import seeming_encoding
from hub.sheets.uploads import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Sheet, read
from tests.practices.sheets.spreadsheets import csv_file, looked_at, row, states, upload, xlsx_file


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """No request says in which language the refusals are to be."""
    with override("en"):
        yield


WORDS = {"slug": "zoe", "title_fr": "Zoé à Liège", "summary_fr": "Ménages âgés « côté école », naïve, œuvre"}


def sheet(content: bytes, name: str = "practices.csv") -> Sheet:
    return read(SimpleUploadedFile(name, content))


def refusal(content: bytes, name: str = "practices.csv") -> str:
    with pytest.raises(ValidationError) as refused:
        sheet(content, name)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_in_utf8_is_read_with_each_separator(delimiter: str, encoding: str) -> None:
    found = sheet(csv_file([WORDS], delimiter=delimiter, encoding=encoding))
    assert found.columns == list(WORDS)
    assert found.rows == [(2, list(WORDS.values()))]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("mac_roman", "macintosh"),
        ("cp850", "cp850 (DOS)"),
    ],
)
def test_another_encoding_is_refused_by_its_name_with_the_way_out(encoding: str, named: str) -> None:
    content = "slug;title_fr\nzoe;Zoé à Liège, côté école, ménage âgé\n".encode(encoding)
    assert seeming_encoding(content) == named
    said = refusal(content)
    assert f"it seems to be {named}." in said
    assert "choose “Save as” and “CSV UTF-8”" in said


def test_utf16_with_its_mark_is_read() -> None:
    found = sheet(csv_file([WORDS], delimiter="\t", encoding="utf-16"))
    assert (found.columns, found.rows, found.notes) == (list(WORDS), [(2, list(WORDS.values()))], [])


def test_windows_1252_is_read_and_said() -> None:
    found = sheet(csv_file([WORDS], delimiter=";", encoding="cp1252"))
    assert found.rows == [(2, list(WORDS.values()))]
    assert found.notes == ["The file was read as windows-1252. Look whether the accents are right."]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;;"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_the_line_with_which_excel_names_its_separator_is_no_row(first: str, mark: str, ending: str) -> None:
    found = sheet(f"{mark}{first}{ending}slug;place{ending}a;Gent, Ledeberg{ending}".encode())
    assert (found.columns, found.rows, found.notes) == (["slug", "place"], [(2, ["a", "Gent, Ledeberg"])], [])


def test_titles_above_the_names_of_the_columns_are_left_out_and_said() -> None:
    content = b"Practices of 2026;;\r\n;;\r\nUpdated, 3 May; by the team;\r\nslug;place;\r\na;Gent;\r\n;;\r\n"
    found = sheet(content)
    assert (found.columns, found.rows) == (["slug", "place"], [(5, ["a", "Gent"])])
    assert found.notes == [
        "Row 1 stands above the names of the columns and was left out: “Practices of 2026”.",
        "Row 3 stands above the names of the columns and was left out: “Updated, 3 May by the team”.",
    ]


def test_a_merged_title_above_the_columns_of_an_xlsx_is_left_out_and_said() -> None:
    workbook = Workbook()
    page = workbook.worksheets[0]
    for cells in [["Practices of 2026", None, None], [], ["slug", "since", None], ["a", date(2015, 5, 12), None]]:
        page.append(cells)
    page.merge_cells("A1:C1")
    file = BytesIO()
    workbook.save(file)
    found = sheet(file.getvalue(), "a.xlsx")
    assert (found.columns, found.rows) == (["slug", "since"], [(4, ["a", "2015-05-12"])])
    assert len(found.notes) == 1


@pytest.mark.django_db
def test_the_page_says_so_and_keeps_nothing(editor: Client) -> None:
    answer = upload(editor, csv_file([WORDS], encoding="mac_roman"))
    assert answer.status_code == 200
    assert "it seems to be macintosh" in answer.content.decode()
    unknown = upload(editor, csv_file([{"slug": "a", "titel_nl": "A"}]))
    assert "These columns are not known: titel_nl." in unknown.content.decode()
    keyless = upload(editor, csv_file([{"title_nl": "A"}]))
    assert "There is no column “slug”." in keyless.content.decode()
    assert upload(editor, b"").status_code == 200


def test_rows_carry_the_numbers_that_a_spreadsheet_shows() -> None:
    content = b'slug,what_en\n\na,"two\nlines"\n,\nb,x\n'
    assert sheet(content).rows == [(3, ["a", "two\nlines"]), (5, ["b", "x"])]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no rows"),
        (b"slug,place\n", "holds no rows"),
        (b"slug,slug\na,b\n", "stand there twice: slug."),
        (b"slug,place\na,b,c\n", "Row 2 has a cell in a column without a name."),
        (b"slug,,place\na,b,c\n", "Row 2 has a cell in a column without a name."),
        (b'slug,place\na,"b\nc,d\n', "Is a quotation mark missing?"),
        (b'slug,place\na,"b"c\n', "Is a quotation mark missing?"),
        (b"slug,place\n" + b"a,b\n" * (MOST_ROWS + 1), f"more than {MOST_ROWS} rows"),
        (b"slug" + b",x" * MOST_COLUMNS + b"\na\n", "more than"),
        (b"slug,place\na," + b"b" * (LONGEST_CELL + 1), f"Row 2 has a cell of more than {LONGEST_CELL} characters."),
        (b"slug,place\na," + b"b" * 200_000, "cannot be read as CSV"),
        (b"slug\na" + b" " * uploads.MOST_BYTES, "larger than 5 MB"),
        (b"PK\x03\x04...", "not a CSV file, whatever its name says"),
    ],
)
def test_a_broken_csv_is_refused_with_words(content: bytes, words: str) -> None:
    assert words in refusal(content)


@pytest.mark.parametrize("name", ["practices.xls", "practices.ods", "practices.xlsm", "practices", "practices.exe"])
def test_another_kind_of_file_is_refused(name: str) -> None:
    assert "Save the file as .xlsx or .csv first" in refusal(b"slug\na\n", name)


@given(st.binary(max_size=300))
def test_whatever_is_uploaded_is_read_or_refused(content: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        with suppress(ValidationError):
            assert sheet(content, name).rows


# --- XLSX ------------------------------------------------------------------------------------------


def repacked(change: dict[str, bytes], *, rows: Any = (("slug",), ("a",))) -> bytes:
    """A workbook with some of its parts exchanged or added."""
    file = BytesIO()
    with ZipFile(BytesIO(xlsx_file(rows))) as before, ZipFile(file, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in change:
                after.writestr(name, before.read(name))
        for name, content in change.items():
            after.writestr(name, content)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
_OPENING = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def worksheet(rows: bytes) -> bytes:
    return _OPENING + rows + b"</sheetData></worksheet>"


def test_cells_are_read_as_a_person_would_have_typed_them() -> None:
    cells = ["zoe", 2015, 2015.0, date(2027, 4, 20), datetime(2027, 4, 20), True, None, "'=1", " x "]
    names = ["slug", *(f"c{number}" for number in range(1, 9))]
    found = sheet(xlsx_file([names, cells]), "a.xlsx")
    assert found.rows == [(2, ["zoe", "2015", "2015", "2027-04-20", "2027-04-20", "true", "", "=1", "x"])]
    assert as_text(datetime(2027, 4, 20, 9, 30)) == "2027-04-20 09:30:00"


def test_only_the_first_sheet_is_read_whichever_was_open_last() -> None:
    workbook = Workbook()
    workbook.worksheets[0].append(["slug"])
    workbook.worksheets[0].append(["a"])
    workbook.create_sheet("codes").append(["column"])
    workbook.active = 1
    file = BytesIO()
    workbook.save(file)
    assert sheet(file.getvalue(), "a.xlsx") == Sheet(["slug"], [(2, ["a"])])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (repacked({"xl/media/zeros": b"\0" * 20_000_000}), "unpacks to far more than its size"),
        (repacked({SHEET: worksheet(b'<row r="1"><c r="A1"/></row>' * 1_000_000)}), "unpacks to far more"),
        (repacked({"xl/vbaProject.bin": b"x"}), "The file holds macros."),
        (repacked({"xl/macrosheets/sheet1.xml": b"<x/>"}), "The file holds macros."),
        (repacked({"[Content_Types].xml": b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"}), "holds macros"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "The file has a password, or is an old .xls."),
        (repacked({})[:-40], "This .xlsx file cannot be read."),
        (repacked({SHEET: b"<not xml"}), "This .xlsx file cannot be read."),
        (repacked({"xl/workbook.xml": b""}), "This .xlsx file cannot be read."),
        (b"slug\na\n", "This .xlsx file cannot be read."),
        (repacked({}, rows=[("slug",), *[("a",)] * (MOST_ROWS + 1)]), f"more than {MOST_ROWS} rows"),
        (repacked({}, rows=[["slug", *range(MOST_COLUMNS)], ["a"]]), "more than"),
        (repacked({}, rows=[("slug",), ("a", "b")]), "Row 2 has a cell in a column without a name."),
        (repacked({}, rows=[("title",)]), "holds no rows"),
        (repacked({}, rows=[("slug", "what_en"), ("a", '=CONCATENATE("a","b")')]), "Cell B2 holds a formula"),
    ],
)
def test_a_dangerous_or_broken_xlsx_is_refused_with_words(content: bytes, words: str) -> None:
    assert words in refusal(content, "a.xlsx")


def test_an_xlsx_whose_cells_lie_far_apart_costs_no_time() -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>slug</t></is></c></row>'
    started = time.perf_counter()
    said = refusal(repacked({SHEET: worksheet(far)}), "a.xlsx")
    assert time.perf_counter() - started < 10
    assert "goes on for more than" in said


def test_entities_in_an_xlsx_are_not_followed() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + worksheet(
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
    )
    assert "cannot be read" in refusal(repacked({SHEET: laughs}), "a.xlsx")


@pytest.mark.django_db
def test_an_xlsx_that_a_person_filled_in_is_looked_at(editor: Client) -> None:
    good = row("a", theme="19")
    content = xlsx_file([list(good), [19 if name == "theme" else cell for name, cell in good.items()]])
    assert states(looked_at(editor, content, "Practices.XLSX")) == ["new"]
