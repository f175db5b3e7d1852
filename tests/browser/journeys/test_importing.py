"""Staff import practices from a spreadsheet with three bad rows: nothing half, and the good one is there."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.stack import Stack
from tests.browser.visitor import press

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]

COLUMNS = ["slug", "original_language", "kind", "theme", "since", "title_en", "summary_en"]
ROWS = [
    ["imported-homes", "en", "method", "19|3", "2015", "Imported homes", "Young and old live together."],
    ["bad-theme", "en", "method", "houzing", "", "A theme that is none", "Somebody wrote a word."],
    ["bad-title", "en", "method", "19", "", "", "There is no title."],
    ["bad-year", "en", "method", "19", "15", "A year that is none", "Somebody wrote two figures."],
]
_TAKE_AWAY = "from practices.models import Practice; Practice.objects.filter(slug='imported-homes').delete()"


@pytest.fixture(autouse=True)
def _takes_away(portal: Stack) -> Iterator[None]:
    """What was imported goes again, for the other tests."""
    yield
    portal.in_django(_TAKE_AWAY)


def spreadsheet() -> FilePayload:
    """As a spreadsheet in Belgium saves it: with semicolons and a mark in front."""
    file = StringIO()
    csv.writer(file, delimiter=";").writerows([COLUMNS, *ROWS])
    return {"name": "practices.csv", "mimeType": "text/csv", "buffer": file.getvalue().encode("utf-8-sig")}


def number(portal: Stack) -> object:
    ((found,),) = portal.query("SELECT count(*) FROM practices_practice")
    return found


def test_an_import_with_three_bad_rows(staff: Page, portal: Stack, tmp_path: Path) -> None:
    before = number(portal)
    staff.goto("/admin/")
    menu = staff.get_by_role("navigation", name="Main menu")
    menu.get_by_role("button", name="Library").click()
    menu.get_by_role("link", name="Import", exact=True).click()
    staff.get_by_label("Spreadsheet").set_input_files(spreadsheet())
    press(staff, "Look what would happen")

    expect(staff.get_by_role("heading", name="Refused: 3")).to_be_visible()
    expect(staff.get_by_role("heading", name="New: 1")).to_be_visible()
    refused = staff.get_by_role("table").first
    expect(refused).to_contain_text("Did you mean 19 (Housing")
    expect(refused).to_contain_text("It is missing, and there are words in this language.")
    expect(refused).to_contain_text("Write the year in four figures")
    with staff.expect_download() as download:
        staff.get_by_role("link", name="CSV", exact=True).click()
    download.value.save_as(tmp_path / "refused.csv")
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["slug"] for row in csv.DictReader(file)] == ["bad-theme", "bad-title", "bad-year"]

    press(staff, "Import")
    expect(staff.get_by_role("alert").filter(has_text="Some rows are refused.")).to_be_visible()
    assert number(portal) == before, "nothing half-imported"

    staff.get_by_label("Leave the 3 refused rows out").check()
    staff.get_by_label("Publish at once").check()
    press(staff, "Import")
    expect(staff.get_by_text("The file is imported.")).to_be_visible()
    assert number(portal) == int(str(before)) + 1
    staff.reload()
    expect(staff.get_by_text("The file is imported.")).to_be_visible()
    staff.goto("/en/practices/imported-homes/")
    expect(staff.get_by_role("heading", level=1)).to_have_text("Imported homes")
