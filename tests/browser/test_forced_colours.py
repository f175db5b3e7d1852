"""Colours that the system forces on a page: what is current or chosen still looks different from the rest."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]

# Of each kind: what is current, the others, and the property that tells them apart.
MARKED = {
    "menu": (
        ".header__wide .menu a[aria-current] span",
        ".header__wide .menu a:not([aria-current]) span",
        "border-bottom-color",
    ),
    "language": (
        ".header__wide .languages [aria-current]",
        ".header__wide .languages a:not([aria-current])",
        "border-bottom-style",
    ),
    "page": (".pagination__current", ".pagination a", "background-color"),
    "stage": (".levels__on", ".levels__off", "fill"),
    "sector": (".pentagon__corner.is-filled", ".pentagon__corner:not(.is-filled)", "fill"),
    "order": ("[aria-label=Sort] [aria-current]", "[aria-label=Sort] a", "text-decoration-line"),
}
LOOKS = "(found, name) => [...new Set(found.map(one => getComputedStyle(one).getPropertyValue(name)))]"


@pytest.fixture(params=["light", "dark"])
def forced(request: pytest.FixtureRequest, browser: Browser, portal: Stack) -> Iterator[Page]:
    context = browser.new_context(
        base_url=portal.url, forced_colors="active", color_scheme=request.param, viewport={"width": 1280, "height": 900}
    )
    yield context.new_page()
    context.close()


def test_what_is_current_is_marked(forced: Page) -> None:
    forced.goto("/en/practices/")
    same = []
    for name, (current, others, looks) in MARKED.items():
        shown = forced.locator(current).evaluate_all(LOOKS, looks)
        rest = forced.locator(others).evaluate_all(LOOKS, looks)
        assert shown, name
        assert rest, name
        if set(shown) & set(rest):
            same.append(f"{name}: {looks} is {shown} here and {rest} elsewhere")
    assert not same


def test_what_is_current_has_the_colour_of_text_and_the_rest_that_of_the_page(forced: Page) -> None:
    forced.goto("/en/practices/")
    page = forced.locator("body").evaluate("one => getComputedStyle(one).backgroundColor")
    current, others, looks = MARKED["menu"]
    assert forced.locator(others).evaluate_all(LOOKS, looks) == [page]
    assert forced.locator(current).evaluate_all(LOOKS, looks) != [page]


def test_a_chosen_filter_has_the_tick_of_the_system_and_no_other(forced: Page) -> None:
    forced.goto("/en/practices/?theme=19")
    chosen = forced.get_by_role("checkbox", checked=True).first
    assert chosen.evaluate("one => getComputedStyle(one).appearance") == "auto"
    assert chosen.evaluate("one => getComputedStyle(one, '::before').content") == "none"
