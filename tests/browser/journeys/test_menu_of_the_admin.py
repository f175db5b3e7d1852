"""Staff find their way by the groups of the admin's menu, wide and narrow; pages open beside their group."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from nccsi.demo.logins import EDITOR
from tests.browser.stack import Stack
from tests.browser.visitor import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]


@pytest.fixture
def staff(browser: Browser, portal: Stack) -> Iterator[Page]:
    """An editor in the admin, which needs JavaScript."""
    context = browser.new_context(base_url=portal.url, locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    sign_in(page, EDITOR)
    yield page
    context.close()


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_what_stands_in_a_group_within_a_group_is_reached(staff: Page, narrow: bool) -> None:
    staff.goto("/admin/")
    menu = staff.get_by_role("navigation", name="Main menu")
    if narrow:
        staff.get_by_role("button", name="Toggle sidebar").click()
        expect(staff.locator(".sidebar--slim")).to_be_visible()
    menu.get_by_role("button", name="Content").click()
    menu.get_by_role("button", name="Monitoring").click()
    menu.get_by_role("link", name="Figures", exact=True).click()
    expect(staff).to_have_url("/admin/monitoring/figures/")

    menu.get_by_role("button", name="Content").click()
    menu.get_by_role("button", name="Pages", exact=True).click()
    explorer = menu.locator(".c-page-explorer")
    explorer.get_by_role("link", name="Home English").first.click()
    expect(staff.get_by_role("heading", name="Home English")).to_be_visible()
