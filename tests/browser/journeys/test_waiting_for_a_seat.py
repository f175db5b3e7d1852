"""Two colleagues wait for seats at a workshop that is full, are offered them, and one of them hands hers on."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.mailbox import Mailbox
from tests.browser.stack import Stack
from tests.browser.visitor import follow_link, press, press_calmly, reads

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]

_EVENT = """
from events.agenda.models import Event
from nccsi.demo.contents import events
event = Event.objects.with_standing().with_waiting().get(pk=events.known(events.WORKSHOP).pk)
"""
FULL = _EVENT + "event.capacity = event.room_taken; event.save()"
ROOM_FOR_ALL = _EVENT + "event.capacity = event.room_taken + event.waiting; event.save()"


def _standing(portal: Stack, email: str) -> object:
    (row,) = portal.query("SELECT status, seat FROM events_registration WHERE email = %s", email)
    return tuple(row)


def test_a_party_waits_is_asked_and_one_hands_her_seat_on(
    page: Page, portal: Stack, mailbox: Mailbox, scripting: bool
) -> None:
    portal.in_django(FULL)
    page.set_viewport_size({"width": 390, "height": 844})
    first, second, third = (f"{name}-{scripting}@example.org".lower() for name in ("ada", "ben", "cem"))
    page.goto("/en/events/")
    follow_link(page, "Workshop: measuring impact with a small team")
    follow_link(page, "Join the waiting list")
    expect(page.get_by_text("has 48 hours to take it")).to_be_visible()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("E-mail address", exact=True).fill(first)
    page.get_by_text("Sign up colleagues, too").click()
    page.get_by_label("Name of person 2").fill("Ben")
    page.get_by_label("E-mail address of person 2").fill(second)
    page.get_by_label("All together or not at all").check()
    press_calmly(page, "Join the waiting list")
    reads(page, "Your form has arrived")
    assert "on the waiting list" in mailbox.wait(first).text
    assert "Ada filled in the form for you." in mailbox.wait(second).text

    portal.in_django(ROOM_FOR_ALL)
    page.goto(mailbox.wait(second, count=2).link("/cancel/"))
    expect(page.get_by_text("A seat is free for you.")).to_be_visible()
    press(page, "Take the seats")
    reads(page, "Your seat")
    assert [_standing(portal, email) for email in (first, second)] == [("confirmed", "room")] * 2

    page.goto(mailbox.wait(first, count=3).link("/cancel/"))
    follow_link(page, "Change what you filled in")
    page.get_by_label("Organisation").fill("A town")
    press(page, "Save the changes")
    expect(page.get_by_text("A town")).to_be_visible()
    follow_link(page, "Hand the seat to a colleague")
    page.get_by_label("Name of your colleague").fill("Cem")
    page.get_by_label("E-mail address of your colleague").fill(third)
    press(page, "Hand my seat over")
    reads(page, "You no longer have this seat")
    page.goto(mailbox.wait(third).link("/cancel/"))
    expect(page.get_by_text("Cem", exact=True)).to_be_visible()
    assert [_standing(portal, email) for email in (first, third)] == [("cancelled", ""), ("confirmed", "room")]
