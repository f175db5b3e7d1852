"""An organisation reports that it uses a practice; it is checked, shown, and a year later the author is asked."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.mailbox import Mailbox
from tests.browser.person import DESK, PHONE, window
from tests.browser.stack import Stack
from tests.browser.visitor import follow_link, press, reads, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]
REPORTER = "other@example.org"
A_YEAR_LATER = """
from datetime import timedelta
from django.utils import timezone
from practices.reuse import asking, checking
print(asking.run(now=timezone.now() + checking.ASKED_AFTER + timedelta(days=1)))
"""
PLACE = "Aalst, on the square"


def test_reported_checked_shown_and_asked_a_year_later(browser: Browser, portal: Stack, mailbox: Mailbox) -> None:
    with window(browser, portal, "en", PHONE, scripting=False) as phone:
        sign_in(phone, REPORTER)
        phone.goto("/en/practices/credal/")
        title = phone.get_by_role("heading", level=1).inner_text()
        follow_link(phone, "Report that you use this")
        reads(phone, "Report that you use this")
        press(phone, "Send the report")
        expect(phone.get_by_role("alert")).to_contain_text("Choose what came of it.")
        # Another journey may have made them act for a second one.
        phone.get_by_label("Organisation", exact=True).select_option(label="Genio")
        phone.get_by_label("Country", exact=True).select_option(label="Belgium")
        phone.get_by_label("Town or place").fill(PLACE)
        phone.get_by_label("Since which year").fill("2022")
        phone.get_by_label("It works in part").check()
        phone.get_by_label("Tell what came of it").fill("Twelve people have a home of their own.")
        phone.get_by_text("Say more about the change: eight short questions").click()
        phone.get_by_label("to fit the people for whom it is").check()
        row = phone.get_by_role("group", name="Row 1").first
        row.get_by_label("What it counts").fill("people who still live there")
        row.get_by_label("Figure", exact=False).first.fill("11")
        row.get_by_label("Unit").fill("people")
        row.get_by_label("Year").fill("2025")
        press(phone, "Send the report")
        expect(phone.get_by_role("main")).to_contain_text("waits to be checked", timeout=30_000)
        address = phone.url

        with window(browser, portal, "en", DESK, scripting=True) as staff:
            sign_in(staff, "editor@example.org")
            staff.goto("/admin/snippets/practices/reuse/")
            staff.get_by_role("link", name="Genio").first.click()
            staff.get_by_label("Accept: everybody can read it").check()
            staff.get_by_role("button", name="Decide").click()
            expect(staff.get_by_text("Who wrote it hears of it by mail.")).to_be_visible()
        accepted = mailbox.wait_for_subject(REPORTER, f"Your report about “{title}” can be read now")
        assert address in accepted.text

        with window(browser, portal, "en", PHONE, scripting=False) as reader:
            reader.goto("/en/practices/credal/")
            expect(reader.get_by_role("main")).to_contain_text("works in part for 1")
            follow_link(reader, "works in part for 1")
            follow_link(reader, "Genio")
            expect(reader.get_by_role("main")).to_contain_text("Twelve people have a home of their own.")
            expect(reader.get_by_role("main")).to_contain_text("people who still live there")
            assert reader.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

        assert portal.in_django(A_YEAR_LATER).strip() == "1"
        asked = mailbox.wait_for_subject(REPORTER, f"How did it go on with “{title}”?")
        phone.goto(asked.link("/update/"))
        reads(phone, "How did it go on?")
        expect(phone.get_by_label("Tell what came of it")).to_have_value("Twelve people have a home of their own.")
        phone.get_by_label("Tell what came of it").fill("The grant ended, and the homes stayed.")
        phone.get_by_label("It stopped").check()
        phone.get_by_label("Why did it stop, or not work?").fill("Nobody paid for the team any more.")
        press(phone, "Send the report")
        expect(phone.get_by_role("main")).to_contain_text("A newer version waits to be checked")
