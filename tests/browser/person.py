"""Somebody at a browser of their own, who reads one language and looks critically at each page that opens."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext, override, pgettext
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from accounts.public_forms.spam import MINIMUM_SECONDS
from tests.browser.stack import Stack
from tests.browser.visitor import PATIENCE
from tests.browser.walk import TOO_WIDE

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


class Person:
    """What is to be read, pressed and followed is named as in the code; the page has it in this person's language."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language
        self._wrong: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._wrong.append(f"script error: {error}"))
        page.on("response", self._note)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def said(self, words: str, *, context: str = "", plural: str = "", **named: Any) -> str:
        """What the portal says in this language; names of people and things stay as they are."""
        with override(self.language):
            if plural:
                text = ngettext(words, plural, named["number"])
            else:
                text = pgettext(context, words) if context else gettext(words)
        return " ".join((text % named if named else text).split())

    def signs_in(self, portal: Stack, name: str, session: str) -> None:
        """With a session that has shown all that was asked for; other journeys sign in by the form."""
        self.page.context.add_cookies([{"name": name, "value": session, "url": portal.url}])

    def opens(self, address: str) -> None:
        """An address out of a mail, or where one always begins."""
        self.page.goto(address)
        self._look()

    def opens_my_page(self) -> None:
        with override(self.language):
            address = reverse("accounts:my_page")
        self.opens(address)

    def follows(self, words: str, *, exact: bool = False, **named: Any) -> None:
        """The first link in the content that says this, among other words or as a whole."""
        self.goes(self.main.get_by_role("link", name=self.said(words, **named), exact=exact).first)

    def presses(self, words: str, *, exact: bool = True, **named: Any) -> None:
        """A button in the content that sends a form."""
        self.goes(self.main.get_by_role("button", name=self.said(words, **named), exact=exact))

    def presses_calmly(self, words: str) -> None:
        """The same for a form that everybody may send: people need longer than the seconds that only robots take."""
        self.page.wait_for_timeout(MINIMUM_SECONDS * 1000 + 100)
        self.presses(words)

    def goes(self, where: Locator) -> None:
        """Click what leads to another page, and look at it."""
        with self.page.expect_navigation():
            where.click()
        self._look()

    def fills(self, name: str, words: str) -> None:
        """The field of this name."""
        self.main.locator(f"[name={name}]").fill(words)

    def reads(self, words: str, **named: Any) -> None:
        """The page that opened is the one with this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.said(words, **named))

    def finds(self, words: str, **named: Any) -> None:
        """Somewhere in the content."""
        expect(self.main).to_contain_text(self.said(words, **named))

    def misses(self, words: str, **named: Any) -> None:
        """Nowhere in the content, which is there."""
        expect(self.main).not_to_contain_text(self.said(words, **named))

    def _look(self) -> None:
        language = self.page.evaluate("document.documentElement.lang")
        assert language == self.language, f"{self.page.url} says that it is in {language!r}"
        wide = self.page.evaluate(TOO_WIDE)
        assert not wide, f"{self.page.url} is wider than the window: {wide}"
        assert not self._wrong, f"{self.page.url}: {self._wrong}"

    def _hear(self, message: ConsoleMessage) -> None:
        """What the policy refuses stands there, too."""
        if message.type == "error":
            self._wrong.append(f"console: {message.text[:300]}")

    def _note(self, response: Response) -> None:
        if response.status >= 400:
            self._wrong.append(f"{response.status} for {response.url}")


@contextmanager
def window(browser: Browser, portal: Stack, language: str, size: dict[str, int], *, scripting: bool) -> Iterator[Page]:
    """A browser of one's own, in which nobody is signed in."""
    context = browser.new_context(
        base_url=portal.url,
        java_script_enabled=scripting,
        locale=language,
        viewport=size,  # type: ignore[arg-type]
    )
    context.set_default_timeout(PATIENCE)
    try:
        yield context.new_page()
    finally:
        context.close()
