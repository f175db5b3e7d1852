"""On a phone somebody picks two dates of a series, one of which is full, and reads in one mail how they stand."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.mailbox import Mailbox
from tests.browser.stack import Stack
from tests.browser.visitor import follow_link, press, press_calmly, reads

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]

TITLE = "Clinic hour for applicants"
STANDINGS = """
SELECT registration.status FROM events_registration AS registration
JOIN events_event AS event ON event.id = registration.event_id
WHERE email = %s ORDER BY event.starts_at
"""


def test_two_dates_with_one_form(page: Page, portal: Stack, mailbox: Mailbox, scripting: bool) -> None:
    email = f"dora-{scripting}@example.org".lower()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/en/events/")
    follow_link(page, TITLE)
    reads(page, TITLE)
    expect(page.locator("article[id^=date-]")).to_have_count(3)
    follow_link(page, "Sign up")
    dates = page.locator("input[name=dates]")
    expect(dates).to_have_count(3)
    expect(page.get_by_text("all seats are taken, you join the waiting list")).to_have_count(1)
    page.get_by_label("Your name").fill("Dora")
    page.get_by_label("E-mail address", exact=True).fill(email)
    press_calmly(page, "Sign up for these dates")
    expect(page.get_by_text("Pick at least one date.").first).to_be_visible()
    dates.nth(0).check()
    dates.nth(2).check()
    press(page, "Sign up for these dates")
    reads(page, "Your form has arrived")
    mail = mailbox.wait(email).text
    assert mail.count("You have a seat") == 1
    assert "on the waiting list" in mail
    assert [status for (status,) in portal.query(STANDINGS, email)] == ["waiting", "confirmed"]
    page.goto(mailbox.wait(email).link("/cancel/"))
    expect(page.get_by_role("main")).to_contain_text("Dora")
