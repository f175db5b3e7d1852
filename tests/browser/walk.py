"""A walk past every public template as a critical reader would do it, writing down all that is wrong."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, Route
from playwright.sync_api import Error as PlaywrightError

from tests.browser.places import PLACES, Place
from tests.browser.stack import Stack
from tests.browser.visitor import PATIENCE

LANGUAGES = ("nl", "fr", "de", "en")
# Light and dark on a desk and on the smallest phone; one load of the page serves all four.
VIEWS = ((1280, "light"), (1280, "dark"), (320, "dark"), (320, "light"))
# Colours and structure are the template's, whatever language stands in it, and its words are complete (check_catalogs):
# axe reads each place in one language, the next place in the next. What words change is looked at in every language:
# whether anything is too wide, and whether long ones push what one taps together on the phone. For that the window
# stays where it is and takes in the words of the next page: opening pages is what takes a walk its time.
SIZES = ["target-size"]
# Letters half as large again and twice as large, on a usual phone and in the language with the longest words. The page
# stays open for it: what is set is what a reader sets in the browser.
LARGE_TEXT = ("150%", "200%")
LONG_WORDS = "de"
PHONE = 390
# The rules that look at colours. The others have seen the same document at the same width in light when dark comes.
COLOURS = ["color-contrast", "link-in-text-block"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
AXE = "options => axe.run(document, options).then(found => found.violations)"
AXE_OPTIONS: dict[str, dict[str, Any]] = {
    "light": {
        "runOnly": {"type": "tag", "values": TAGS},
        "resultTypes": ["violations"],
        "rules": {"color-contrast": {"enabled": True}, "target-size": {"enabled": True}},
    },
    "dark": {"runOnly": {"type": "rule", "values": COLOURS}, "resultTypes": ["violations"]},
    "sizes": {"runOnly": {"type": "rule", "values": SIZES}, "resultTypes": ["violations"]},
}
LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", event =>
  window.refused.push(`${event.effectiveDirective}: ${event.blockedURI || event.sample}`));
"""
DOCUMENT = """() => ({
  headings: [...document.querySelectorAll("h1")].map(one => one.innerText),
  language: document.documentElement.lang,
  title: document.title,
})"""
# Whether a page that is dressed like the one in the window could take its place.
TAKE_IN = """async address => {
  const answer = await fetch(address);
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const dress = one => [...one.querySelectorAll("link[rel=stylesheet]")].map(each => each.getAttribute("href")).join();
  if (dress(found) !== dress(document)) return false;
  for (const name of ["lang", "class"])
    document.documentElement.setAttribute(name, found.documentElement.getAttribute(name) || "");
  document.title = found.title;
  document.body.replaceWith(document.adoptNode(found.body));
  return true;
}"""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= width) return [];
  const beyond = one => one.checkVisibility() && one.getBoundingClientRect().right > width + 1;
  const wide = [...document.body.querySelectorAll("*")].filter(one => beyond(one) && ![...one.children].some(beyond));
  return [`${document.scrollingElement.scrollWidth} px`, ...wide.slice(0, 4).map(one => one.outerHTML.slice(0, 120))];
}"""

SET_TEXT = "size => { document.documentElement.style.fontSize = size; }"
# Nothing is too wide where words may break anywhere; but then a box without room has its letters below each other.
SQUEEZED = """() => {
  const squeezed = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); ) {
    const holder = text.parentElement, word = /\\p{L}{5,}/u.exec(text.data);
    if (!word || holder.closest("svg, script, style, option") || !holder.checkVisibility()) continue;
    if (getComputedStyle(holder).clipPath !== "none") continue;  // for screen readers only
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    const lines = new Set([...range.getClientRects()].map(each => Math.round(each.top)));
    if (word[0].length < 3 * lines.size && lines.size > 2) squeezed.push(holder.outerHTML.slice(0, 120));
  }
  return squeezed.slice(0, 4);
}"""


@dataclass
class Findings:
    """What is wrong, a sentence each, by the promise that it breaks."""

    seen: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)
    policy: list[str] = field(default_factory=list)
    layout: list[str] = field(default_factory=list)


class Walk:
    """Every place in one language."""

    def __init__(self, browser: Browser, portal: Stack, language: str) -> None:
        self.browser = browser
        self.portal = portal
        self.language = language
        self.findings = Findings()
        self._at = ""
        self._pages: set[str] = set()
        answer = cast(Response, browser.new_page().goto(f"{portal.url}/{language}/"))
        self.policy = answer.headers["content-security-policy"]

    def run(self, facts: "Facts", signed_in: Callable[[Page], None]) -> Findings:
        """Look at everything; who is signed in looks at the rest."""
        addresses, errors = facts.addresses[self.language], facts.errors[self.language]
        self._pages = {urlsplit(address).path for address in addresses.values()}
        with self._window() as page:
            for name, html in errors.items():
                page.route(f"**{addresses[name]}", self._answer_with(html))
            self._visit_all(page, [place for place in PLACES if place.name in errors], addresses)
        for member in (False, True):
            with self._window() as page:
                if member:
                    signed_in(page)
                theirs = [place for place in PLACES if place.signed_in == member and place.name not in errors]
                self._visit_all(page, theirs, addresses)
        return self.findings

    def _visit_all(self, page: Page, places: list[Place], addresses: dict[str, str]) -> None:
        """Those that are read whole in this language, then the words of the others."""
        for place in sorted(places, key=lambda place: not self._is_read_whole(place)):
            self._at = f"{self.language} {place.name}"
            try:
                self._visit(page, place, addresses)
            except (KeyError, PlaywrightError) as error:
                self._layout(f"cannot be opened: {error}"[:300])

    def _is_read_whole(self, place: Place) -> bool:
        return LANGUAGES[PLACES.index(place) % len(LANGUAGES)] == self.language

    def _answer_with(self, html: str) -> Callable[[Route], None]:
        """An error page under an address of the portal, with the policy that all its answers carry."""
        headers = {"Content-Security-Policy": self.policy, "Content-Type": "text/html; charset=utf-8"}
        return lambda route: route.fulfill(status=200, body=html, headers=headers)

    @contextmanager
    def _window(self) -> Iterator[Page]:
        context = self._context()
        try:
            page = context.new_page()
            page.on("request", self._note_request)
            page.on("response", self._note_response)
            page.on("console", self._note_console)
            page.on("pageerror", lambda error: self._policy(f"script error {error}"))
            yield page
        finally:
            context.close()

    def _context(self) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.portal.url, locale=self.language, reduced_motion="reduce", color_scheme="light"
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(LISTEN)
        return context

    def _visit(self, page: Page, place: Place, addresses: dict[str, str]) -> None:
        if self._is_read_whole(place):
            page.set_viewport_size({"width": 1280, "height": 900})
            page.emulate_media(color_scheme="light")
            place.go(page, addresses)
            self._look_at_document(page)
            for width, scheme in VIEWS:
                self._look(page, width, scheme, rules=scheme)
        else:
            if place.act or not self._take_in(page, addresses[place.where or place.name]):
                place.go(page, addresses)
            self._look_at_document(page)
            self._look(page, 320, "light", rules="sizes")
        if self.language == LONG_WORDS:
            self._look_at_large_text(page)
        self.findings.seen.append(place.name)
        for refused in page.evaluate("window.refused.splice(0)"):
            self._policy(f"refused {refused}")

    def _take_in(self, page: Page, address: str) -> bool:
        return page.url.startswith(self.portal.url) and bool(page.evaluate(TAKE_IN, address))

    def _look_at_document(self, page: Page) -> None:
        said = page.evaluate(DOCUMENT)
        if len(said["headings"]) != 1:
            self._layout(f"{len(said['headings'])} level-1 headings: {said['headings']}")
        if said["language"] != self.language:
            self._layout(f"says that it is in {said['language']!r}")
        if not said["title"].strip():
            self._layout("has no title")

    def _look(self, page: Page, width: int, scheme: Any, *, rules: str) -> None:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        if wide := page.evaluate(TOO_WIDE):
            self._layout(f"is wider than {width} px: {wide}")
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        for violation in page.evaluate(AXE, AXE_OPTIONS[rules]):
            for node in violation["nodes"][:3]:
                reason = " ".join(node.get("failureSummary", "").split())
                self.findings.barriers.append(
                    f"{self._at} {width} {scheme}: {violation['id']} {node['target']} {node['html'][:160]} — {reason}"
                )

    def _look_at_large_text(self, page: Page) -> None:
        page.set_viewport_size({"width": PHONE, "height": 900})
        for size in LARGE_TEXT:
            page.evaluate(SET_TEXT, size)
            if wide := page.evaluate(TOO_WIDE):
                self._layout(f"is wider than {PHONE} px with text of {size}: {wide}")
            if squeezed := page.evaluate(SQUEEZED):
                self._layout(f"has no room for words at {PHONE} px with text of {size}: {squeezed}")
        page.evaluate(SET_TEXT, "")

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and f"{parts.scheme}://{parts.netloc}" != self.portal.url:
            self._policy(f"asks a foreign host: {request.url}")

    def _note_response(self, response: Response) -> None:
        # A page may well say no; what is fetched for a page must be there.
        is_page = response.request.resource_type == "document" or urlsplit(response.url).path in self._pages
        if response.status >= 400 and not is_page:
            self._policy(f"{response.status} for {response.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        # Chromium reports the answer of an error page itself as an error, too.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self._policy(f"console: {message.text[:300]}")

    def _policy(self, words: str) -> None:
        self.findings.policy.append(f"{self._at}: {words}")

    def _layout(self, words: str) -> None:
        self.findings.layout.append(f"{self._at}: {words}")


@dataclass(frozen=True)
class Facts:
    """Where every place is, and what the error pages are, per language."""

    addresses: dict[str, dict[str, str]]
    errors: dict[str, dict[str, str]]

    @classmethod
    def of(cls, portal: Stack) -> "Facts":
        """Ask the portal's own Django."""
        code = "from tests.browser import facts; facts.tell([facts.addresses(), facts.error_pages()])"
        return cls(*json.loads(portal.in_django(code).splitlines()[-1]))
