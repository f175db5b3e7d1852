"""An organisation offers something, somebody without an account answers, and the answer reaches its people by mail."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.mailbox import Mailbox
from tests.browser.visitor import follow_link, press, press_calmly, reads, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]
OWNER = "other@example.org"


def test_from_the_offer_to_the_answer(page: Page, mailbox: Mailbox, scripting: bool) -> None:
    title = f"A hall on Tuesdays, {'with' if scripting else 'without'} a script"
    sign_in(page, OWNER)
    page.goto("/en/my/")
    page.get_by_role("link", name="Genio", exact=True).click()
    follow_link(page, "Add an offer or request")
    press(page, "Save it")
    expect(page.get_by_role("alert")).to_contain_text("Enter a title.")
    page.get_by_label("We offer something").check()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text", exact=True).fill("Forty chairs and a kitchen.")
    page.get_by_label("Language you write in").select_option("en")
    press(page, "Save it")
    expect(page.get_by_role("main")).to_contain_text(title)

    page.context.clear_cookies()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/en/offers-and-requests/?q=chairs&kind=offer&fresh={scripting}")
    follow_link(page, title)
    reads(page, title)
    expect(page.get_by_role("main")).not_to_contain_text(re.compile("@"))
    follow_link(page, "Answer")
    page.get_by_label("Your name").fill("Jo Peeters")
    page.get_by_label("Your e-mail address").fill("visitor@example.org")
    page.get_by_label("Your message").fill("We would like to use the hall.")
    press_calmly(page, "Send the answer")
    reads(page, "Your answer is on its way")

    mail = mailbox.wait_for_subject(OWNER, f"An answer to “{title}”")
    assert "We would like to use the hall." in mail.text
    copy = mailbox.wait_for_subject("visitor@example.org", f"Your answer to “{title}”")
    assert OWNER not in copy.text
