"""Somebody names a practice elsewhere, without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walk import Facts

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]


def test_the_citation_is_copied_with_the_keyboard(page: Page, facts: Facts) -> None:
    page.goto(facts.addresses["en"]["practice"])
    cited = page.get_by_role("textbox", name="Cite this practice")
    words = cited.input_value()
    cited.press("Control+a")
    cited.press("Control+c")
    page.keyboard.type("No words of a reader")
    assert cited.input_value() == words
    page.goto("/en/practices/")
    search = page.get_by_role("searchbox", name="Search the practices")
    search.press("Control+v")
    expect(search).to_have_value(words)


@pytest.mark.parametrize("scripting", [True], ids=["javascript"])
def test_a_button_copies_it_and_says_so(page: Page, facts: Facts, scripting: bool) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(facts.addresses["en"]["practice"])
    page.get_by_role("button", name="Copy", exact=True).press("Enter")
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    cited = page.get_by_role("textbox", name="Cite this practice")
    assert page.evaluate("navigator.clipboard.readText()") == cited.input_value()
    cited.focus()
    assert cited.evaluate("one => one.selectionEnd - one.selectionStart === one.value.length")


@pytest.mark.parametrize("scripting", [False], ids=["no-javascript"])
def test_without_a_script_there_is_no_button_that_does_nothing(page: Page, facts: Facts, scripting: bool) -> None:
    page.goto(facts.addresses["en"]["practice"])
    expect(page.get_by_role("textbox", name="Cite this practice")).to_be_visible()
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_hidden()
