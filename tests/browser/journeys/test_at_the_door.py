"""Two phones at the doors of an event; one of them loses its network, is closed and opened again, and loses nothing."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.network import Network
from tests.browser.stack import Stack, wait_for
from tests.browser.visitor import press, reads

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]

_PREPARE = """
from tests.browser import at_the_door, facts
facts.tell(at_the_door.door("Ann Example", "Bob Sample", "Cor Voorbeeld"))
"""


@pytest.fixture
def facts(portal: Stack) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(portal.in_django(_PREPARE).splitlines()[-1])
    return found


@pytest.fixture
def network(portal: Stack) -> Iterator[Network]:
    """What the phone at the main door has, at times."""
    with Network(portal.url) as there:
        yield there


@contextmanager
def phone(browser: Browser, url: str, *, scripting: bool = True) -> Iterator[BrowserContext]:
    size: Any = {"width": 390, "height": 844}
    context = browser.new_context(
        base_url=url, viewport=size, java_script_enabled=scripting, locale="en-GB", has_touch=True
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


def at_door(context: BrowserContext, facts: dict[str, Any], name: str) -> Page:
    """A phone at a door, through the link for helpers."""
    page = context.new_page()
    page.goto(facts["link"])
    page.get_by_label("Name of this door").fill(name)
    press(page, "Open the door")
    reads(page, "Check-in")
    return page


def lose(context: BrowserContext, network: Network) -> None:
    network.lose()
    context.set_offline(True)  # the phone notices


def find(context: BrowserContext, network: Network) -> None:
    network.find()
    context.set_offline(False)


def line(page: Page, name: str) -> Any:
    return page.get_by_role("main").get_by_role("listitem").filter(has_text=name)


def scans(portal: Stack, facts: dict[str, Any]) -> list[tuple[object, ...]]:
    return portal.query(
        "SELECT coalesce(r.name, w.name), s.kind, s.device FROM events_scan s"
        " LEFT JOIN events_registration r ON r.id = s.registration_id LEFT JOIN events_walkin w ON w.id = s.walk_in_id"
        " WHERE %s IN (r.event_id, w.event_id) ORDER BY s.happened_at, s.id",
        facts["event"],
    )


def is_ready_to_be_offline(page: Page) -> None:
    """The phone has its own page and the names."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function(
        """async () => {
            const asked = indexedDB.open("door-" + document.querySelector("[data-door]").dataset.door);
            const database = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
            const at = database.transaction("facts").objectStore("facts").get("at");
            const found = await new Promise((done) => (at.onsuccess = () => done(at.result)));
            database.close();
            return Boolean(found);
        }"""
    )


def test_two_doors_one_of_them_without_a_network_for_a_while(
    browser: Browser, portal: Stack, network: Network, facts: dict[str, Any]
) -> None:
    with ExitStack() as phones:
        first, second = (phones.enter_context(phone(browser, url)) for url in (network.url, portal.url))
        main, side = at_door(first, facts, "Main door"), at_door(second, facts, "Side door")
        is_ready_to_be_offline(main)

        lose(first, network)
        main.get_by_role("button", name="Check in Ann Example").click()
        expect(line(main, "Ann Example")).to_contain_text("Noted on this phone, not sent yet")
        expect(main.get_by_text("Not sent yet: 1")).to_be_visible()

        # Closed, and opened again by the code of a seat, still without a network.
        main.close()
        main = first.new_page()
        main.goto(facts["codes"]["Bob Sample"])
        reads(main, "Check-in without a network")
        expect(main.get_by_text("Not sent yet: 1")).to_be_visible()
        main.get_by_role("button", name="Check in Bob Sample").click()
        expect(main.get_by_text("Not sent yet: 2")).to_be_visible()
        main.goto(f"/door/{facts['uid']}/?q=voor")
        expect(line(main, "Cor Voorbeeld")).to_be_visible()
        expect(line(main, "Ann Example")).to_have_count(0)
        main.get_by_text("Somebody without registration").click()
        main.get_by_label("Name", exact=True).fill("Dee Walker")
        press(main, "Note and check in")
        expect(main.get_by_text("Not sent yet: 3")).to_be_visible()
        main.get_by_text("What happens with it").click()
        main.get_by_role("button", name="Undo").last.click()
        expect(main.get_by_text("Not sent yet: 4")).to_be_visible()
        assert scans(portal, facts) == []

        # Meanwhile the other door lets one of them in, too.
        side.get_by_role("button", name="Check in Ann Example").click()
        expect(line(side, "Ann Example")).to_contain_text("door “Side door”")
        expect(side.get_by_text("1 in, 3 registered")).to_be_visible()
        assert [device for _name, _kind, device in scans(portal, facts)] == ["Side door"]

        main.close()
        find(first, network)
        main = first.new_page()
        main.goto(f"/door/{facts['uid']}/")
        wait_for("Everything is sent", lambda: len(scans(portal, facts)) == 5)
        expect(main.get_by_text("Not sent yet:")).to_be_hidden()
        assert scans(portal, facts) == [
            ("Ann Example", "in", "Main door"),
            ("Bob Sample", "in", "Main door"),
            ("Dee Walker", "in", "Main door"),
            ("Dee Walker", "undo", "Main door"),
            ("Ann Example", "in", "Side door"),
        ]
        side.reload()
        expect(line(side, "Ann Example").first).to_contain_text("More than one door noted this")
        expect(side.get_by_text("2 in, 3 registered")).to_be_visible()

        main.get_by_role("button", name="Leave the door").click()
        reads(main, "You left the door")
        assert main.evaluate("indexedDB.databases().then((all) => all.length)") <= 1
        main.goto(facts["codes"]["Cor Voorbeeld"])
        reads(main, "The code of a seat")


def test_a_phone_whose_link_was_taken_back_forgets_the_names_and_keeps_what_it_noted(
    browser: Browser, portal: Stack, network: Network, facts: dict[str, Any]
) -> None:
    with phone(browser, network.url) as context:
        page = at_door(context, facts, "Main door")
        is_ready_to_be_offline(page)
        lose(context, network)
        page.get_by_role("button", name="Check in Ann Example").click()
        expect(page.get_by_text("Not sent yet: 1")).to_be_visible()
        portal.query("UPDATE events_doorpass SET revoked_at = now() WHERE event_id = %s", facts["event"])
        find(context, network)
        expect(page.get_by_text("This door is closed for this phone.")).to_be_visible(timeout=30_000)
        page.reload()
        reads(page, "This door is closed")
        expect(page.get_by_text("Not sent yet: 1")).to_be_visible()
        lose(context, network)
        page.goto(f"/door/{facts['uid']}/?q=ann")
        reads(page, "Check-in without a network")
        expect(page.get_by_text("Nobody on this phone’s list has such a name.")).to_be_visible()
        assert scans(portal, facts) == []


def test_the_same_pages_without_javascript(browser: Browser, portal: Stack, facts: dict[str, Any]) -> None:
    with phone(browser, portal.url, scripting=False) as context:
        page = at_door(context, facts, "Main door")
        page.get_by_label("Name or organisation").fill("ann")
        page.get_by_role("button", name="Search").click()
        press(page, "Check in Ann Example")
        expect(page.get_by_text("Ann Example is in.")).to_be_visible()
        press(page, "Undo Ann Example")
        expect(page.get_by_text("Taken back: Ann Example is not in.")).to_be_visible()
        page.goto(facts["codes"]["Bob Sample"])
        press(page, "Check in Bob Sample")
        expect(line(page, "Bob Sample").last).to_contain_text("door “Main door”")
        page.get_by_role("link", name="To the list").click()
        page.get_by_text("Somebody without registration").click()
        page.get_by_label("Name", exact=True).fill("Dee Walker")
        press(page, "Note and check in")
        expect(page.get_by_text("2 in, 3 registered")).to_be_visible()
        press(page, "Leave the door")
        reads(page, "You left the door")
        page.goto(f"/door/{facts['uid']}/")
        reads(page, "This door is closed")
