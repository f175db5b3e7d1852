"""A policy note is read, printed and checked against what it cites; when a cited figure changes, both sides see it."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.person import DESK, PHONE, window
from tests.browser.stack import Stack
from tests.browser.visitor import follow_link, reads, sign_in
from tests.browser.walk import TOO_WIDE

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]
NOTE = "Should Housing First be paid from the ordinary budget once the trial is over?"
OTHER_VALUE = "4321"
# As if somebody had edited the practice; put back afterwards, since other journeys read the same demo.
CHANGED = """
from learning.notes.models import Citation
figure = Citation.objects.current().filter(kind="figure", figure__practice__slug="housing-first-finland")[0].figure
print(figure.value)
figure.value = "{value}"
figure.save()
"""


def test_read_printed_checked_and_changed_since(browser: Browser, portal: Stack) -> None:
    with window(browser, portal, "en", PHONE, scripting=False) as phone:
        phone.goto("/en/")
        phone.get_by_role("banner").get_by_text("Menu", exact=True).click()
        phone.get_by_role("banner").get_by_role("link", name="Policy notes").click()
        follow_link(phone, NOTE)
        reads(phone, NOTE)
        address = phone.url
        assert not phone.evaluate(TOO_WIDE)
        _is_two_tagged_pages(phone)

        follow_link(phone, "Housing First as national policy in Finland")
        phone.get_by_role("main").get_by_role("link", name=NOTE).click()
        assert phone.url == address
        expect(phone.get_by_role("main")).not_to_contain_text("since then changed")

        before = portal.in_django(CHANGED.format(value=OTHER_VALUE)).strip()
        try:
            changed = f"since then changed: now {int(OTHER_VALUE):,}"
            _read_until(phone, changed)
            expect(phone.get_by_role("main")).to_contain_text(changed)
            _staff_see_it(browser, portal)
        finally:
            portal.in_django(CHANGED.format(value=before))


def _read_until(reader: Page, words: str) -> None:
    """Pages that are kept learn within a second or so what was changed beside the web processes."""
    for _time in range(20):
        reader.reload()
        if words in reader.get_by_role("main").inner_text():
            return
        reader.wait_for_timeout(500)


def _is_two_tagged_pages(reader: Page) -> None:
    with reader.expect_download() as started:
        follow_link(reader, "Print it (PDF)")
    file = PdfReader(BytesIO(Path(started.value.path()).read_bytes()))
    assert len(file.pages) <= 2
    root: Any = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert NOTE in " ".join(" ".join(page.extract_text() for page in file.pages).split())


def _staff_see_it(browser: Browser, portal: Stack) -> None:
    with window(browser, portal, "en", DESK, scripting=True) as staff:
        sign_in(staff, "editor@example.org")
        staff.goto("/admin/")
        staff.get_by_role("link", name="cite what has changed since").click()
        expect(staff.get_by_role("link", name=NOTE)).to_be_visible()
        expect(staff.get_by_role("main")).to_contain_text("since then changed")
