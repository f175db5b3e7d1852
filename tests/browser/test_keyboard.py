"""The portal without a mouse, and with the reader's own text spacing."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.places import PLACES
from tests.browser.stack import Stack
from tests.browser.walk import TOO_WIDE, Facts

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]

# What Tab must reach: all that can be operated and seen, of radio buttons one per group.
REACHABLE = """() => {
  const groups = new Set();
  const found = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(one => {
    if (one.disabled || one.type === "hidden" || one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true}))
      return false;
    if (one.type !== "radio") return true;
    return !groups.has(one.name) && groups.add(one.name);
  });
  found.forEach((one, number) => one.dataset.reach = one.type === "radio" ? one.name : number);
  document.querySelectorAll("input[type=radio]").forEach(one => one.dataset.reach = one.name);
  return found.map(one => one.dataset.reach);
}"""
# Where the focus is, and what a person sees of it.
FOCUSED = """async () => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const shown = [one, one.parentElement, one.nextElementSibling, one.closest(".card")].filter(Boolean).some(each => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      || style.boxShadow !== "none" && each === one;
  });
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2);
  const top = document.elementFromPoint(x, Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 2));
  return {
    reach: one.dataset.reach ?? null, html: one.outerHTML.slice(0, 120), shown,
    inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    covered: !(top && (one.contains(top) || top.contains(one) || top.closest("label")?.contains(one))),
  };
}"""
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }
"""
CLIPPED = """() => [...document.body.querySelectorAll("*")].filter(one => {
  const style = getComputedStyle(one);
  const cuts = value => value === "hidden" || value === "clip";
  if (!one.innerText?.trim() || one.closest(".visually-hidden, .skip, svg") || one.clientWidth < 2) return false;
  return cuts(style.overflowX) && one.scrollWidth > one.clientWidth + 1
      || cuts(style.overflowY) && one.scrollHeight > one.clientHeight + 1;
}).slice(0, 3).map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def scripting() -> bool:
    """One round with JavaScript: what it adds must be reachable, too."""
    return True


@pytest.mark.parametrize(
    "name", ["homepage", "library with facets", "open call", "follow", "interest", "sign up for event", "sign in"]
)
@pytest.mark.parametrize("width", [1280, 320])
def test_tab_reaches_and_shows_everything(page: Page, facts: Facts, name: str, width: int) -> None:
    """Every control in turn, each visibly in focus and in view, and out again at the end."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(reduced_motion="reduce")  # scrolling is done when the focus arrives
    page.goto(facts.addresses["en"][name])
    page.evaluate("document.activeElement.blur()")
    wanted = set(page.evaluate(REACHABLE))
    reached: dict[str, Any] = {}
    for _step in range(len(wanted) + 5):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or focused["reach"] in reached:
            break
        reached[focused["reach"]] = focused
    else:
        pytest.fail("the focus does not come out again")
    left = [page.locator(f"[data-reach='{key}']").first for key in wanted - set(reached)]
    assert not [each.evaluate("one => one.outerHTML.slice(0, 120)") for each in left], "not reached"
    assert not [each["html"] for each in reached.values() if not each["shown"]], "focused and not to be seen"
    assert not [each["html"] for each in reached.values() if not each["inside"]], "focused out of view"
    assert not [each["html"] for each in reached.values() if each["covered"]], "focused under something else"


def test_the_skip_link_leads_to_the_content(page: Page) -> None:
    """The first stop of Tab jumps over the menu; it is hidden until then."""
    page.goto("/en/")
    skip = page.locator("a.skip")
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(("address", "search"), [("practices", "the practices"), ("partners", "organisations")])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_skip_link_leads_past_the_filters(page: Page, address: str, search: str, width: int) -> None:
    """There are dozens of boxes between the search and what was found."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"/en/{address}/")
    page.get_by_role("searchbox", name=f"Search {search}").press("Tab")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the results")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    skip.press("Enter")
    heading = page.get_by_role("heading", level=2).first
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    page.keyboard.press("Tab")
    results = page.get_by_role("main").locator("section").filter(has=heading)
    assert results.evaluate("one => one.contains(document.activeElement)")


def test_a_refused_form_takes_the_focus_to_its_errors(page: Page, facts: Facts) -> None:
    """The summary has the focus; its links lead to the fields."""
    page.goto(facts.addresses["en"]["follow"])
    page.get_by_label("E-mail address").press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.press("Enter")
    expect(page.get_by_label("E-mail address")).to_be_focused()


def test_errors_have_the_focus_again_after_one_of_their_links(page: Page, facts: Facts) -> None:
    """The field that it led to stays in the address, and would have the focus otherwise."""
    page.goto(facts.addresses["en"]["follow"])
    page.get_by_label("E-mail address").press("Enter")
    page.get_by_role("alert").get_by_role("link").first.press("Enter")
    page.get_by_label("E-mail address").press("Enter")
    page.wait_for_url("**#id_*")
    expect(page.get_by_role("alert")).to_be_focused()


def test_the_menu_of_a_phone_closes_with_escape_and_behind_who_leaves_it(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/en/")
    menu = page.locator("details.drawer")
    opener = menu.locator("summary")
    opener.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(opener).to_be_focused()
    opener.press("Enter")
    menu.get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    expect(menu).not_to_have_attribute("open", "")


def test_reading_goes_on_from_the_results(page: Page) -> None:
    """What was pressed is gone with the part that was exchanged."""
    page.emulate_media(reduced_motion="reduce")
    page.goto("/en/practices/")
    page.get_by_role("link", name="Page 2", exact=True).press("Enter")
    heading = page.locator("#library-count")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    expect(page).to_have_title(re.compile("Page 2"))
    expect(page.locator("#library-status")).to_contain_text("Page 2")


@pytest.mark.parametrize("address", ["practices", "partners"])
def test_a_filter_keeps_the_focus_and_what_it_leaves_is_said(page: Page, address: str) -> None:
    page.goto(f"/en/{address}/")
    country = page.get_by_role("group", name="Country").get_by_role("checkbox").first
    everything = page.get_by_role("heading", level=2).first.inner_text()
    country.press("Space")
    page.wait_for_url("**country=*")
    found = page.get_by_role("heading", level=2).first
    expect(found).not_to_have_text(everything)
    expect(page.get_by_role("status").filter(has_text=found.inner_text())).to_be_attached()
    expect(country).to_be_checked()
    expect(country).to_be_focused()


def test_a_kept_practice_is_said_and_its_button_has_the_focus(page: Page) -> None:
    page.goto("/en/practices/?theme=19")
    first = page.locator("article.row").first
    first.locator(".keep button").press("Enter")
    page.wait_for_url("**#practice-*")
    expect(page.get_by_role("status").filter(has_text="shortlist")).to_be_visible()
    expect(first.locator(".keep button")).to_be_focused()


def test_a_reader_may_space_the_text_out(browser: Browser, portal: Stack, facts: Facts) -> None:
    """WCAG 1.4.12 at 320 px: nothing is cut off, nothing scrolls sideways; in German, which has the longest words."""
    context = browser.new_context(
        base_url=portal.url, bypass_csp=True, viewport={"width": 320, "height": 800}, locale="de"
    )
    page, found = context.new_page(), []
    for place in PLACES:
        if place.signed_in or place.name in facts.errors["de"]:
            continue
        place.go(page, facts.addresses["de"])
        page.add_style_tag(content=SPACING)
        found += [f"{place.name}: {cut}" for cut in [*page.evaluate(TOO_WIDE), *page.evaluate(CLIPPED)]]
    context.close()
    assert not found, "\n".join(found)
