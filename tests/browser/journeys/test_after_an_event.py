"""Somebody came: the mail, feedback without a mouse, the certificate, and a stranger who verifies it."""

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.mailbox import Mailbox
from tests.browser.stack import Stack
from tests.browser.visitor import follow_link, press, reads

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]


def test_feedback_certificate_and_its_number(page: Page, portal: Stack, mailbox: Mailbox, scripting: bool) -> None:
    """The chain from the mail on: by keyboard, with and without JavaScript."""
    email = f"came-{scripting}@example.org".lower()
    portal.in_django(f"from tests.browser import after_an_event; after_an_event.thank({email!r})")
    mail = mailbox.wait(email)
    assert "Thank you for coming" in mail.subject

    page.goto(mail.link("/feedback/"))
    press(page, "Send anonymously")
    expect(page.get_by_role("alert")).to_contain_text("How was it, all in all?")
    _fill_in_by_keyboard(page, f"The discussion of {email}")
    reads(page, "Thank you for your feedback")
    stored = "SELECT count(*) FROM events_feedbackanswer WHERE text = %s"
    assert portal.query(stored, f"The discussion of {email}") == [(1,)]

    follow_link(page, "Certificate and materials")
    main = page.get_by_role("main")
    expect(main).to_contain_text("You have given your feedback.")
    headings = main.get_by_role("heading", level=2).all_inner_texts()
    assert headings == ["You came", "Feedback", "Certificate", "Materials"]
    expect(main.get_by_role("link", name="Recording")).to_be_visible()

    with page.expect_download() as started:
        press(page, "Download the certificate of attendance")
    words = _words(started.value.path())
    assert "Walker" in words
    (number,) = set(re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", words))

    page.goto("/en/events/certificate/")
    page.get_by_label("Number of the certificate").fill(number.lower().replace("-", " "))
    page.keyboard.press("Enter")
    reads(page, "This certificate is genuine")
    expect(main).to_contain_text("Walker")
    forged = number[:-1] + ("0" if number[-1] != "0" else "1")
    page.goto(f"/en/events/certificate/{forged}/")
    reads(page, "No certificate has this number")


def _fill_in_by_keyboard(page: Page, text: str) -> None:
    """From the first mark to the button with Tab, arrows and letters alone."""
    page.get_by_role("group", name="How was it, all in all?").get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="4: good").first).to_be_checked()
    page.keyboard.press("Tab")  # the event's own question, which nobody has to answer
    page.keyboard.press("Tab")
    expect(page.get_by_label("What worked well?")).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send anonymously")).to_be_focused()
    page.keyboard.press("Enter")


def _words(path: Path) -> str:
    reader = PdfReader(io.BytesIO(path.read_bytes()))
    return " ".join(" ".join(each.extract_text() for each in reader.pages).split())
