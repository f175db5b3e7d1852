"""A visitor follows a call without an account, is reminded in time, and stops with one click."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.browser.mailbox import Mailbox
from tests.browser.stack import Stack, wait_for
from tests.browser.visitor import follow_link, press, press_calmly, reads

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]


def test_follow_a_call(page: Page, portal: Stack, mailbox: Mailbox, scripting: bool) -> None:
    """Form, confirmation, reminder, stop: by the link for people, and by the header for mail programs."""
    email = f"follower-{scripting}@example.org".lower()
    _follow(page, email)
    confirmation = mailbox.wait(email)
    assert "List-Unsubscribe" not in confirmation.message, "nothing to stop before it is confirmed"
    page.goto(confirmation.link("/follow/confirm/"))
    assert _status(portal, email) == "pending", "a mail program that follows links confirms nothing"
    press(page, "Yes, I follow")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You follow")
    expect(page.get_by_role("main")).to_contain_text("3 hours before")
    assert _status(portal, email) == "active"

    welcome = mailbox.wait(email, count=2)
    assert "3 hours before" in welcome.text
    assert b"BEGIN:VEVENT" in welcome.attachment("text/calendar")

    told = portal.in_django(f"from tests.browser import facts; facts.tell(facts.make_due({email!r}, seconds=3))")
    neighbour = json.loads(told.splitlines()[-1])["neighbour"]
    reminder = mailbox.wait(email, count=3, seconds=100)
    assert "Hand in the sketch" in reminder.subject + reminder.text
    assert reminder.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    page.goto(reminder.link("/follow/stop/"))
    assert _status(portal, email) == "active", "looking stops nothing"
    press(page, "Stop these mails")
    reads(page, "Stopped")
    assert _status(portal, email) == "stopped"

    one_click = str(mailbox.wait(neighbour).message["List-Unsubscribe"]).strip(" <>")
    _post_without_cookies(one_click)
    assert _status(portal, neighbour) == "stopped"
    assert len(mailbox.all_for(email)) == 3, "one confirmation, one welcome, one reminder, nothing else"


def _follow(page: Page, email: str) -> None:
    """From the home page to the form, sent once wrongly and once well."""
    page.goto("/en/")
    page.get_by_role("banner").get_by_role("link", name="Calls", exact=True).first.click()
    page.get_by_role("region", name="Current calls").get_by_role("heading", level=3).get_by_role("link").first.click()
    follow_link(page, "Remind me")
    press_calmly(page, "Follow")
    expect(page.get_by_role("alert")).to_contain_text("Enter your e-mail address.")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("3 hours before").check()
    page.get_by_label(re.compile("I want mails about")).check()
    press_calmly(page, "Follow")
    reads(page, "Look into your mailbox")


def _status(portal: Stack, email: str) -> object:
    (row,) = portal.query("SELECT status FROM notifications_subscription WHERE email = %s", email)
    return row[0]


def _post_without_cookies(address: str) -> None:
    """What a mail program's own button does (RFC 8058)."""
    request = urllib.request.Request(address, data=b"List-Unsubscribe=One-Click", method="POST")
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 200


def test_reminders_go_once(portal: Stack, mailbox: Mailbox) -> None:
    """After all that, nobody got the same reminder twice."""
    keys = portal.query("SELECT to_email, about FROM notifications_message WHERE kind = 'calls/deadline'")
    assert len(keys) == len(set(keys))
    wait_for("an empty outbox", lambda: not portal.query(_WAITING), seconds=60)


_WAITING = "SELECT 1 FROM notifications_message WHERE status IN ('queued', 'sending')"
