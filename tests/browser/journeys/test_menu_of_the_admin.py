"""Staff find their way by the groups of the admin's menu, wide and narrow; pages open beside their group."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]


@pytest.mark.parametrize("menu_is", ["wide", "narrow", "on a phone"])
def test_what_stands_in_a_group_within_a_group_is_reached(staff: Page, menu_is: str) -> None:
    if menu_is == "on a phone":
        staff.set_viewport_size({"width": 390, "height": 800})
    staff.goto("/admin/")
    menu = staff.get_by_role("navigation", name="Main menu")
    if menu_is != "wide":
        staff.get_by_role("button", name="Toggle sidebar").click()
    expect(staff.locator(".sidebar--slim")).to_have_count(1 if menu_is == "narrow" else 0)
    menu.get_by_role("button", name="Content").click()
    monitoring = menu.get_by_role("button", name="Monitoring")
    label = monitoring.get_by_text("Monitoring").bounding_box()
    assert label
    assert label["width"] > 40
    monitoring.click()
    menu.get_by_role("link", name="Figures", exact=True).click()
    expect(staff).to_have_url("/admin/monitoring/figures/")

    if menu_is == "on a phone":
        staff.get_by_role("button", name="Toggle sidebar").click()
    menu.get_by_role("button", name="Content").click()
    menu.get_by_role("button", name="Pages", exact=True).click()
    link = menu.locator(".c-page-explorer__item__link").first
    address = link.get_attribute("href") or ""
    link.click()
    expect(staff).to_have_url(re.compile(rf"{re.escape(address)}$"))
