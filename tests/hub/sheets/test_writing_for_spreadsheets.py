"""Files for the spreadsheets of a reader: kinds of values, the separator of their language, and nothing that runs."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override
from openpyxl import load_workbook

from hub.sheets import writing
from tests.environment import BASE_DIR

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"]
HEADER = ["text", "day", "moment", "share", "number", "none"]
# Midnight in Brussels is another day in UTC.
MOMENT = datetime(2027, 7, 14, 22, 30, 5, 7, tzinfo=UTC)
ROW = ["Één", date(2027, 4, 20), MOMENT, Decimal("12.5"), -3, None]
APPS = [
    "accounts",
    "notifications",
    "hub",
    "calls",
    "partners",
    "practices",
    "events",
    "consortia",
    "learning",
    "monitoring",
    "nccsi",
]
# What writes sheets: for people, and for programs.
WRITERS = {"hub/sheets", "hub/open_data"}


def _bytes(kind: str, rows: list[list[Any]]) -> bytes:
    answer: Any = writing.download("sheet", kind, HEADER, rows)
    with override("en"):  # the file is read when nobody knows any more who asked
        return b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("nl", "Één;2027-04-20;2027-07-15 00:30;12,5;-3;"),
        ("fr", "Één;2027-04-20;2027-07-15 00:30;12,5;-3;"),
        ("de", "Één;2027-04-20;2027-07-15 00:30;12,5;-3;"),
        ("en", "Één,2027-04-20,2027-07-15 00:30,12.5,-3,"),
    ],
)
def test_a_csv_is_what_the_excel_of_the_language_opens(language: str, row: str) -> None:
    with override(language):
        answer: Any = writing.download("sheet", writing.CSV, HEADER, [ROW])
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").split("\r\n")[1] == row


def test_an_xlsx_keeps_what_a_value_is() -> None:
    sheet = load_workbook(BytesIO(_bytes(writing.XLSX, [ROW]))).worksheets[0]
    values = [cell.value for cell in sheet[2]]
    assert values == ["Één", datetime(2027, 4, 20), datetime(2027, 7, 15, 0, 30, 5), 12.5, -3, None]
    assert [cell.is_date for cell in sheet[2]][1:3] == [True, True]
    assert [cell.data_type for cell in sheet[2]][3:5] == ["n", "n"]
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in sheet[1])


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_text_is_a_formula(formula: str) -> None:
    (_header, row) = load_workbook(BytesIO(_bytes(writing.XLSX, [[formula] * 6]))).worksheets[0].iter_rows()
    assert {(cell.value, cell.data_type) for cell in row} == {(f"'{formula}", "s")}
    with override("nl"):
        answer: Any = writing.download("sheet", writing.CSV, HEADER, [[formula] * 6])
    assert f"'{formula};" in b"".join(answer.streaming_content).decode()


def _routes(patterns: list[Any], before: str = "") -> list[str]:
    found = []
    for entry in patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += _routes(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            found.append(route)
    return found


def test_whatever_people_get_as_csv_they_get_as_xlsx() -> None:
    """Open data is for programs, and has JSON besides."""
    routes = {each for each in _routes(get_resolver().url_patterns) if "api/v1/" not in each}
    tables = sorted(each for each in routes if re.search(r"\.csv\W*$", each))
    assert len(tables) >= 5
    assert [each for each in tables if each.replace(".csv", ".xlsx") not in routes] == []


def test_one_mechanism_writes_all_sheets() -> None:
    writers = {
        "/".join(path.relative_to(BASE_DIR).parts[:2])
        for app in APPS
        for path in (BASE_DIR / app).rglob("*.py")
        if re.search(r"csv\.(writer|DictWriter)\(|\bWorkbook\(|\.write_(csv|xlsx)", path.read_text(encoding="utf-8"))
    }
    assert writers == WRITERS


def test_xlsx_is_offered_first() -> None:
    assert writing.FORMATS[:2] == writing.SPREADSHEETS == (writing.XLSX, writing.CSV)
    for path in sorted((BASE_DIR / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        csv, xlsx = (re.search(pattern, text) for pattern in (r"(_csv|=csv|\"csv\")\b", r"(_xlsx|=xlsx|\"xlsx\")"))
        if csv and "api:" not in text:
            assert xlsx, path
            assert xlsx.start() < csv.start(), path
