"""Somebody says what their situation is, and finds what fits: on a phone, without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.person import PHONE, Person, window
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]


@pytest.fixture
def reader(browser: Browser, portal: Stack) -> Iterator[Person]:
    with window(browser, portal, "en", PHONE, scripting=False) as page:
        yield Person(page, "en")


def test_from_a_situation_to_a_comparison(reader: Person) -> None:
    """Say it once → the library in another order → a practice's reasons → side by side → forgotten."""
    page, main = reader.page, reader.main
    reader.opens("/en/practices/?country=BE")
    before = _titles(reader)
    reader.follows("Say what your situation is, and see what fits")
    expect(main).to_contain_text("kept for this browser and nowhere else")
    page.get_by_label("Region").select_option(label="Limburg")
    page.get_by_label("How large is the place?").select_option(label="Municipality")
    page.get_by_role("checkbox", name="Young people").check()
    page.get_by_role("checkbox", name="Government").check()
    page.get_by_role("checkbox", name="Non-profit").check()
    page.get_by_label("How much can you spend a year").fill("30 000")
    page.get_by_label("In how many months").fill("6")
    reader.presses("Save and show what fits")

    assert "country=BE" in page.url, "back where the reader was"
    expect(main).to_contain_text("Limburg · Belgium · Municipality")
    ordered = _titles(reader)
    assert sorted(ordered) == sorted(before)
    assert ordered != before
    fitting = page.locator("ol.rows > li .row__meta").filter(has_text="Fits")
    expect(fitting).to_have_count(len(ordered))

    reader.goes(page.locator("ol.rows .row__title a").first)
    points = page.get_by_role("region", name="Does it fit your situation?")
    expect(points.get_by_role("term")).to_have_count(6)
    expect(points).to_contain_text("Your country or region")

    reader.opens("/en/practices/?country=BE&sort=context")
    for place in (0, 1):
        page.locator("ol.rows > li").nth(place).get_by_role("button").click()
    reader.follows("Your shortlist (2)")
    reader.presses("Compare what is ticked")
    expect(page.get_by_role("columnheader")).to_have_count(2)
    budget = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Your budget"))
    expect(budget.get_by_role("cell")).to_have_count(2)

    reader.opens("/en/practices/?country=BE")
    reader.presses("Forget my situation")
    expect(main).to_contain_text("What you said of your situation is forgotten.")
    reader.opens("/en/practices/?country=BE&sort=context")
    assert _titles(reader) == before


def _titles(reader: Person) -> list[str]:
    return reader.page.locator("ol.rows .row__title").all_inner_texts()
