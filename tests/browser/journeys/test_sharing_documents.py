"""Somebody adds a letter to a consortium over a bad line: the file goes on where the connection broke, and is whole."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.network import Network
from tests.browser.organisations import PARTNER
from tests.browser.stack import Stack
from tests.browser.visitor import follow_link, press, reads, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]
PHONE = {"width": 390, "height": 800}
# More than two parts.
SIZE = 9_000_000


@pytest.fixture
def network(portal: Stack) -> Iterator[Network]:
    with Network(portal.url) as there:
        yield there


@pytest.fixture
def phone(browser: Browser, network: Network, scripting: bool) -> Iterator[Page]:
    context = browser.new_context(
        base_url=network.url,
        java_script_enabled=scripting,
        locale="en-GB",
        viewport=PHONE,  # type: ignore[arg-type]
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    made = tmp_path / "letter.pdf"
    made.write_bytes(b"%PDF-1.7\n" + os.urandom(SIZE).replace(b"/Encrypt", b"") + b"\n%%EOF\n")
    return made


def test_a_letter_arrives_whole(phone: Page, network: Network, letter: Path, scripting: bool) -> None:
    title = f"Letter {'with' if scripting else 'without'} a script"
    sign_in(phone, PARTNER)
    phone.goto("/en/my/")
    follow_link(phone, "Kruispunten")
    follow_link(phone, "All documents")
    follow_link(phone, "Add a document")
    phone.get_by_label("Title").fill(title)
    phone.get_by_label("Letter of endorsement").select_option(index=1)
    press(phone, "Add a document")
    expect(phone.get_by_text("Please correct one answer")).to_be_visible()
    phone.locator("input[type=file]").set_input_files({"name": "a.exe", "mimeType": "x/y", "buffer": b"MZ"})
    press(phone, "Add a document")
    expect(phone.get_by_role("main")).to_contain_text("Files of this kind are not taken")
    if scripting:
        expect(phone.get_by_text("Please correct one answer")).to_have_count(0)
    phone.locator("input[type=file]").set_input_files(letter)
    if scripting:
        _break_once(phone, network)
    press(phone, "Add a document")
    if scripting:
        expect(phone.get_by_role("status").filter(has_text="The connection is broken")).to_be_visible()
        network.find()
    reads(phone, "Documents")
    follow_link(phone, title)
    expect(phone.get_by_role("main")).to_contain_text(sha256(letter.read_bytes()).hexdigest())
    expect(phone.get_by_role("main")).to_contain_text("letter of endorsement of")


def _break_once(phone: Page, network: Network) -> None:
    """The second part meets no network any more."""
    seen = []

    def pass_on(route: Route) -> None:
        seen.append(route.request.url)
        if len(seen) == 2:
            network.lose()
        route.continue_()

    phone.route("**/uploads/*/?offset=*", pass_on)
