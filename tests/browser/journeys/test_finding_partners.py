"""An organisation shows interest in a call, sees who completes it, asks for an introduction, and both are in touch.

Three people, each in a browser of their own: who asks, at a desk; who is asked, on a phone; and somebody of a third
organisation, who sees nothing of it.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.mailbox import Mailbox
from tests.browser.stack import Stack
from tests.browser.visitor import follow_link, press, press_calmly, reads, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]
PHONE, DESK = {"width": 390, "height": 800}, {"width": 1280, "height": 900}

Window = Callable[[dict[str, int]], Page]


@pytest.fixture
def window(browser: Browser, portal: Stack, scripting: bool) -> Iterator[Window]:
    """Opens a browser of somebody else."""
    contexts = []

    def opened(size: dict[str, int]) -> Page:
        context = browser.new_context(
            base_url=portal.url,
            java_script_enabled=scripting,
            locale="en-GB",
            viewport=size,  # type: ignore[arg-type]
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def test_from_interest_to_a_contact(portal: Stack, window: Window, mailbox: Mailbox, scripting: bool) -> None:
    how = "with" if scripting else "without"
    asks, asked, third = (f"{name} {how} a script" for name in ("Asking Hub", "Fund House", "Third House"))
    people = {name: f"{name.split()[0].lower()}-{how}@example.org" for name in (asks, asked, third)}
    portal.in_django(
        "from tests.browser import matching\nfrom tests.browser.facts import open_call\n"
        f"matching.party(open_call(), {asks!r}, {people[asks]!r})\n"
        f"matching.party(open_call(), {asked!r}, {people[asked]!r}, track='financing', role='partner')\n"
        f"matching.party(open_call(), {third!r}, {people[third]!r}, track='training', role='lead')"
    )
    desk, phone, elsewhere = window(DESK), window(PHONE), window(DESK)
    _show_interest(portal, desk, people[asks])
    _ask(desk, asked, third)
    mail = mailbox.wait_for_subject(people[asked], f"{asks} asks for an introduction")
    assert "We look for a fund." in mail.text
    assert people[asks] not in mail.text

    sign_in(phone, people[asked])
    phone.goto(mail.link("/introductions/"))
    expect(phone.get_by_role("main")).not_to_contain_text(people[asks])
    phone.get_by_label("A few words with your answer").fill("With pleasure.")
    press(phone, "Yes, introduce us")
    expect(phone.get_by_role("main")).to_contain_text(people[asks])

    place = phone.url
    sign_in(elsewhere, people[third])
    answer = elsewhere.goto(place)
    assert answer is not None
    assert answer.status == 404

    desk.goto("/en/my/")
    follow_link(desk, asked)
    expect(desk.get_by_role("main")).to_contain_text(people[asked])
    expect(desk.get_by_role("main")).to_contain_text("With pleasure.")
    told = mailbox.wait_for_subject(people[asks], f"{asks} and {asked} are in touch")
    assert people[asked] in told.text


def _show_interest(portal: Stack, desk: Page, email: str) -> None:
    """It leads, contributes to one track, seeks another, and may be seen."""
    call = portal.in_django("from tests.browser.facts import open_call\nprint(open_call().pk)")
    sign_in(desk, email)
    desk.goto(f"/en/partners/interest/{call}/")
    desk.locator("select[name=organisation]").select_option(index=1)
    desk.locator("input[name=role][value=lead]").check()
    desk.locator("input[name=tracks]").nth(4).check()
    desk.get_by_role("group", name="Action tracks for which you look for partners").get_by_label(
        "New financing and a social innovation fund"
    ).check()
    desk.get_by_label("Others may see that we show interest").check()
    press_calmly(desk, "Register our interest")
    reads(desk, "Your interest is registered")


def _ask(desk: Page, asked: str, third: str) -> None:
    """From one's own page to the list, where who brings what is sought comes first."""
    desk.goto("/en/my/")
    desk.get_by_role("main").locator("a[href*='/matches/']").first.click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Who completes")
    first = desk.get_by_role("article").filter(has_text=asked)
    expect(first).to_contain_text("offers new financing and a social innovation fund, which you seek")
    expect(first).to_contain_text("wants to join as a partner")
    names = desk.get_by_role("article").get_by_role("heading").all_inner_texts()
    assert names.index(asked) < names.index(third)
    expect(desk.get_by_role("main")).not_to_contain_text("@")
    first.get_by_role("link", name="Ask for an introduction").click()
    press(desk, "Send the message")
    expect(desk.get_by_role("alert")).to_contain_text("Enter your message")
    desk.get_by_label("Your message").fill("We look for a fund.")
    press(desk, "Send the message")
    expect(desk.get_by_role("main")).to_contain_text("Waiting for their answer.")
