"""What a person does at the keyboard, in words that journeys share."""

from playwright.sync_api import Page, expect

from accounts.public_forms.spam import MINIMUM_SECONDS

PASSWORD = "demo-nccsi-2027"
# Milliseconds: a page that comes late on a machine with much to do is none that never comes.
PATIENCE = 40_000


def press(page: Page, button: str) -> None:
    """Send a form with the button of this name."""
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def press_calmly(page: Page, button: str) -> None:
    """The same for a form that everybody may send: people need longer than the seconds that only robots take."""
    page.wait_for_timeout(MINIMUM_SECONDS * 1000 + 100)
    press(page, button)


def follow_link(page: Page, name: str) -> None:
    """Go where a link in the content leads."""
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def reads(page: Page, heading: str) -> None:
    """The page that opened is the one with this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def sign_in(page: Page, email: str) -> None:
    """With the password that all the demo's logins have."""
    page.goto("/accounts/login/?language=en")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
