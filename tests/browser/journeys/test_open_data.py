"""Whoever writes a program tries the open data in the browser, under the same strict policy as every page."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.stack import Stack
from tests.browser.walk import LISTEN

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]


def test_the_explorer_asks_and_shows_the_answer(browser: Browser, portal: Stack) -> None:
    """Nothing is refused by the content policy, no script fails, nobody else is asked for anything."""
    context = browser.new_context(base_url=portal.url, locale="en-GB")
    context.add_init_script(LISTEN)
    page = context.new_page()
    asked: list[str] = []
    wrong: list[Any] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto("/api/v1/docs/")
    page.get_by_role("link", name="Try each address").click()
    operation = page.locator(".opblock", has_text="/api/v1/practices/").filter(has_text="Practices that fit")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("textbox", name="q", exact=True).fill("housing")
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    assert any("/api/v1/practices/?" in url and "q=housing" in url for url in asked)
    assert page.evaluate("window.refused") == []
    assert wrong == []
    assert [url for url in asked if not url.startswith((portal.url, "data:"))] == []
    context.close()
