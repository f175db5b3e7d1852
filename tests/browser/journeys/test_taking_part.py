"""A visitor takes a seat at the info meeting; a partner shows interest in the call."""

import re
from datetime import datetime

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.mailbox import Mailbox
from tests.browser.stack import Stack, wait_for
from tests.browser.visitor import follow_link, press, press_calmly, reads

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]


def test_sign_up_for_the_info_meeting(page: Page, portal: Stack, mailbox: Mailbox, scripting: bool) -> None:
    """Agenda, event, form, mail with a calendar file, and the seat given back."""
    email = f"guest-{scripting}@example.org".lower()
    page.goto("/en/")
    page.get_by_role("banner").get_by_role("link", name="Events", exact=True).first.click()
    page.get_by_role("region", name="Coming events").get_by_role("link").first.click()
    title = page.get_by_role("heading", level=1).inner_text()
    follow_link(page, "Sign up")
    page.get_by_label("Your name").fill("A guest")
    press_calmly(page, "Take a seat")
    expect(page.get_by_role("alert")).to_contain_text("Enter your e-mail address.")
    expect(page.get_by_label("Your name")).to_have_value("A guest")
    page.get_by_label("E-mail address", exact=True).fill(email)
    page.get_by_label("Online:").check()
    page.get_by_label("what you need to take part").fill("A seat near the door")
    press_calmly(page, "Take a seat")
    reads(page, "You are signed up")

    mail = mailbox.wait(email)
    assert title in mail.subject + mail.text
    (entry,) = Calendar.from_ical(mail.attachment("text/calendar")).walk("VEVENT")
    assert str(entry["summary"]) == title
    starts = entry.decoded("dtstart")
    assert isinstance(starts, datetime)
    assert starts.utcoffset() is not None
    assert str(entry["uid"]).endswith("@localhost")

    page.goto(mail.link("/cancel/"))
    assert _registration(portal, email) == "confirmed", "looking gives nothing back"
    press(page, "Give my seat back")
    reads(page, "You no longer have this seat")
    assert _registration(portal, email) == "cancelled"
    mailbox.wait(email, count=2)


def _registration(portal: Stack, email: str) -> object:
    (row,) = portal.query("SELECT status FROM events_registration WHERE email = %s", email)
    return row[0]


def test_register_interest(page: Page, portal: Stack, mailbox: Mailbox, scripting: bool) -> None:
    """Without an account: the form, the link in the mail, and only then it counts."""
    email = f"candidate-{scripting}@example.org".lower()
    _open_call(page)
    call, before = page.url, _organisations(page)
    follow_link(page, "Register your interest")
    press_calmly(page, "Register our interest")
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one action track.")
    _fill_in_interest(page, email)
    press_calmly(page, "Register our interest")
    reads(page, "One more step: look in your mail")

    page.goto(mailbox.wait(email).link("/confirm/"))
    assert _interest(portal, email) == "pending", "looking confirms nothing"
    page.goto(call)
    assert _organisations(page) == before
    page.goto(mailbox.wait(email).link("/confirm/"))
    press(page, "Confirm our interest")
    reads(page, "Your interest is confirmed")
    # Another web process may show the page that it keeps a moment longer.
    wait_for("the interest counts", lambda: page.goto(call) and _organisations(page) == before + 1, seconds=70)
    mailbox.wait(email, count=2)


def test_interest_that_comes_too_late(page: Page, portal: Stack, scripting: bool) -> None:
    """The form was open while the deadline passed: a clear answer, nothing registered, nothing typed in vain."""
    email = f"latecomer-{scripting}@example.org".lower()
    _open_call(page)
    follow_link(page, "Register your interest")
    _fill_in_interest(page, email)
    portal.in_django("from tests.browser import facts; facts.shift_declaration(days=-1000)")
    try:
        press_calmly(page, "Register our interest")
        reads(page, "Showing interest is closed")
        expect(page.get_by_role("region", name="What you filled in")).to_contain_text(email)
        assert not portal.query("SELECT 1 FROM consortia_interest WHERE email = %s", email)
    finally:
        portal.in_django("from tests.browser import facts; facts.shift_declaration(days=1000)")


def _open_call(page: Page) -> None:
    page.goto("/en/")
    page.get_by_role("banner").get_by_role("link", name="Calls", exact=True).first.click()
    page.get_by_role("region", name="Current calls").get_by_role("heading", level=3).get_by_role("link").first.click()


def _organisations(page: Page) -> int:
    """How many organisations the call's page says have shown interest."""
    found = re.search(r"Interest so far\s+(\d+)", page.get_by_role("main").inner_text())
    return int(found.group(1)) if found else 0


def _fill_in_interest(page: Page, email: str) -> None:
    page.get_by_label("Name of your organisation").fill(f"Organisation of {email}")
    page.get_by_role("group", name="Sector").get_by_role("radio").first.check()
    page.get_by_label("Your name").fill("A candidate")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("group", name="What you want to do").get_by_role("radio").first.check()
    page.get_by_role("group", name="Action tracks").get_by_role("checkbox").first.check()


def _interest(portal: Stack, email: str) -> object:
    (row,) = portal.query("SELECT status FROM consortia_interest WHERE email = %s", email)
    return row[0]
