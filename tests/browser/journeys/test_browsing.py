"""A visitor browses practices, signs in with a code, and reads what staff just published."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.mailbox import Mailbox
from tests.browser.stack import Stack
from tests.browser.visitor import follow_link, press, reads, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]


def test_browse_practices(page: Page, scripting: bool) -> None:
    """Home, search, a facet, a practice, its address shared."""
    page.goto("/")
    expect(page).to_have_url(re.compile("/en/$"))
    page.get_by_role("banner").get_by_role("link", name="Practices", exact=True).first.click()
    reads(page, "Practices")
    everything = _count(page)

    search = page.get_by_role("searchbox", name="Search the practices")
    search.fill("housing")
    search.press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]q=housing"))
    expect(page.get_by_role("heading", level=2).first).not_to_have_text(re.compile(rf"^{everything}\b"))
    found = _count(page)
    assert 0 < found < everything

    country = page.get_by_role("group", name="Country").get_by_role("checkbox").first
    value = country.get_attribute("value")
    country.check()
    if not scripting:
        page.get_by_role("button", name="Show results").click()
    expect(page).to_have_url(re.compile(rf"[?&]country={value}"))
    expect(page).to_have_url(re.compile(r"[?&]q=housing"))
    expect(page.get_by_role("list", name="Your filters").get_by_role("link")).to_have_count(3)
    assert 0 < _count(page) <= found

    shared = page.url
    title = page.locator(".row__title a").first.inner_text()
    page.locator(".row__title a").first.click()
    reads(page, title)
    expect(page.get_by_role("heading", name="Does it work?")).to_be_visible()
    expect(page.get_by_role("heading", name="Who to ask")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(shared)


@pytest.mark.parametrize("scripting", [False], ids=["no-javascript"])
@pytest.mark.parametrize("address", ["practices", "partners", "events"])
def test_on_a_phone_where_one_is_stands_on_one_line(page: Page, address: str) -> None:
    """However long the title, which is still there for whoever has it read out."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"/en/{address}/")
    page.locator(".row__title a, .card a").first.click()
    crumbs = page.get_by_role("navigation", name="You are here").get_by_role("listitem")
    tops = [box["y"] for each in crumbs.all() if (box := each.bounding_box())]
    assert len(tops) > 2
    assert max(tops) - min(tops) < 8
    box = crumbs.last.bounding_box()
    assert box
    assert box["height"] < 40
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320, "the line moves, not the page"
    assert crumbs.last.inner_text() == page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize("scripting", [True], ids=["javascript"])
@pytest.mark.parametrize("pause", [80, 250])
def test_quick_choices_are_all_kept(page: Page, pause: int) -> None:
    """A second choice made while the answer to the first is on its way is not lost with it."""
    page.goto("/en/practices/")

    def late(route: Route) -> None:
        time.sleep(0.4)
        route.continue_()

    page.route(re.compile(r"/practices/\?"), late)
    boxes = page.get_by_role("group", name="Theme").get_by_role("checkbox")
    values = [boxes.nth(place).get_attribute("value") for place in (0, 1)]
    page.evaluate(
        """([first, second, pause]) => {
            const tick = (code) => document.querySelector(`input[type=checkbox][value="${code}"][name=theme]`).click();
            tick(first);
            setTimeout(() => tick(second), pause);
        }""",
        [*values, pause],
    )
    for value in values:
        expect(page).to_have_url(re.compile(rf"[?&]theme={value}\b"))
        expect(page.locator(f'input[type=checkbox][name=theme][value="{value}"]')).to_be_checked()
    expect(page.get_by_role("list", name="Your filters").get_by_role("link")).to_have_count(3)


def test_browse_organisations(page: Page, scripting: bool) -> None:
    """The directory narrows as the library does."""
    page.goto("/en/partners/")
    for facet in ("Sector", "Country"):
        page.get_by_role("group", name=facet).get_by_role("checkbox").first.check()
        if not scripting:
            page.get_by_role("button", name="Show results").click()
        expect(page).to_have_url(re.compile(rf"[?&]{facet.lower()}="))
    chips = page.get_by_role("list", name="Your filters").get_by_role("link")
    expect(chips).to_have_count(3)
    found = page.get_by_role("heading", level=2).first.inner_text()
    chips.first.click()
    expect(chips).to_have_count(2)
    expect(page).not_to_have_url(re.compile(r"[?&]sector="))
    page.go_back()
    expect(page.get_by_role("heading", level=2).first).to_have_text(found)
    expect(chips).to_have_count(3)
    page.locator(".card__title a").first.click()
    expect(page).to_have_url(re.compile(r"/en/partners/[a-z0-9-]+/$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def _count(page: Page) -> int:
    words = page.locator("#library-count").inner_text()
    number = re.search(r"\d+", words)
    return int(number.group()) if number else 0


@pytest.mark.parametrize("address", ["/en/", "/en/practices/", "/en/partners/", "/en/search/", "/en/nowhere/"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripting", [False], ids=["no-javascript"])
def test_every_search_box_shows_its_label(page: Page, address: str, width: int, scripting: bool) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    box = page.get_by_role("main").get_by_role("searchbox")
    label = page.locator(f"label[for='{box.get_attribute('id')}']")
    above, below = label.bounding_box(), box.bounding_box()
    assert above
    assert below
    assert above["width"] > 60
    assert above["y"] + above["height"] <= below["y"]


def test_sign_in_by_code(page: Page, mailbox: Mailbox, scripting: bool) -> None:
    """No password: a code from the mailbox opens my page."""
    email = "partner@example.org" if scripting else "other@example.org"
    page.goto("/accounts/login/?language=en")
    follow_link(page, "Send me a code to sign in")
    page.locator("input[name=email]").fill(email)
    press(page, "Send me a code")
    page.locator("input[name=code]").fill(mailbox.wait_for_subject(email, "Your code to sign in").code)
    page.locator("main form button").first.click()
    reads(page, "My page")
    expect(page.get_by_role("heading", name="My organisation")).to_be_visible()
    press(page, "Sign out")
    page.goto("/en/my/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


@pytest.mark.parametrize("scripting", [True], ids=["admin-needs-javascript"])
def test_publish_news(browser: Browser, portal: Stack, page: Page, scripting: bool) -> None:
    """An editor writes a piece of news; a visitor, also one without JavaScript, reads it. Wagtail's admin needs it."""
    title = "Meeting of the six countries in Brussels"
    sign_in(page, "editor@example.org")
    index = portal.in_django(
        "from hub.models import NewsIndexPage; print(NewsIndexPage.objects.get(locale__language_code='en').pk)"
    )
    page.goto(f"/admin/pages/{index}/")
    page.goto(f"/admin/pages/add/hub/newspage/{index}/")
    page.locator("#id_title").fill(title)
    page.locator("#id_introduction").fill("Two days of learning from each other.")
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.locator("[name=action-publish]").click()
    page.wait_for_url(re.compile(rf"/admin/pages/{index}/"))

    for javascript in (True, False):
        context = browser.new_context(base_url=portal.url, java_script_enabled=javascript, locale="en-GB")
        visitor = context.new_page()
        visitor.goto("/en/")
        for entry in ("About", "News"):
            visitor.get_by_role("banner").get_by_role("link", name=entry, exact=True).first.click()
        visitor.get_by_role("main").get_by_role("link", name=title).first.click()
        reads(visitor, title)
        expect(visitor.get_by_text("Two days of learning from each other.")).to_be_visible()
        context.close()
