"""A profile is claimed and verified, a colleague is invited and edits it: three people, three windows."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.mailbox import Mailbox
from tests.browser.stack import Stack, wait_for
from tests.browser.visitor import follow_link, press, reads, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]
CLAIMANT, COLLEAGUE = "other@example.org", "partner@example.org"
# One for each way of reading, so that the second finds nothing done.
SLUGS = {True: "foodcloud", False: "diak"}

Window = Callable[..., Page]


@pytest.fixture
def window(browser: Browser, portal: Stack) -> Iterator[Window]:
    """Another person's browser, on a desk or on a phone."""
    contexts = []

    def opened(*, scripting: bool, width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=portal.url,
            java_script_enabled=scripting,
            locale="en-GB",
            viewport={"width": width, "height": 900},
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def test_from_the_claim_to_the_colleagues_words(
    page: Page, window: Window, portal: Stack, mailbox: Mailbox, scripting: bool
) -> None:
    slug = SLUGS[scripting]
    sign_in(page, CLAIMANT)
    page.goto(f"/en/partners/{slug}/")
    name = page.get_by_role("heading", level=1).inner_text()
    follow_link(page, "Do you work here? Manage this profile")
    expect(page.get_by_role("main")).to_contain_text("the domain of the website")
    press(page, "Ask the centre")
    expect(page.get_by_role("alert")).to_contain_text("Enter what you do there.")
    page.get_by_label("What you do there").fill("Coordinator")
    press(page, "Ask the centre")
    reads(page, "My page")
    expect(page.get_by_role("main")).to_contain_text(name)

    _verify(window(scripting=True), name)
    mail = mailbox.wait_for_subject(CLAIMANT, f"You manage the profile of {name} now")
    page.goto(mail.link("/manage/"))
    reads(page, name)
    follow_link(page, "Invite somebody")
    page.get_by_label("E-mail address").fill(COLLEAGUE)
    page.get_by_label("Language of the mail").select_option("en")
    press(page, "Send the invitation")
    expect(page.get_by_role("main")).to_contain_text(COLLEAGUE)

    colleague = window(scripting=scripting, width=390)
    _accept(colleague, mailbox.wait_for_subject(COLLEAGUE, f"Invitation: act for {name}").link("/invitation/"))
    reads(colleague, name)
    follow_link(colleague, "Edit the profile")
    words = f"Edited {'with' if scripting else 'without'} a script."
    colleague.get_by_label("Summary in English").fill(words)
    press(colleague, "Save the profile")
    reads(colleague, name)
    page.context.clear_cookies()
    wait_for("everybody reads it", lambda: page.goto(f"/en/partners/{slug}/") and words in page.content(), seconds=70)
    expect(page.get_by_role("main")).to_contain_text("Verified on")


def _verify(staff: Page, name: str) -> None:
    """The centre reads the claim and accepts it; Wagtail's admin needs JavaScript."""
    sign_in(staff, "editor@example.org")
    staff.goto("/admin/snippets/partners/claim/")
    staff.get_by_role("main").get_by_role("link", name=name).first.click()
    expect(staff.get_by_role("main")).to_contain_text(re.compile("another domain|ander domein"))
    staff.locator("input[name=decision][value=accept]").check()
    staff.locator("input[name=how][value=phone]").check()
    staff.locator("main form[method=post] button[type=submit]").last.click()
    staff.wait_for_url("**/admin/snippets/partners/claim/")


def _accept(colleague: Page, link: str) -> None:
    """Without a session first: the page says what to do, and leads back after signing in."""
    colleague.goto(link)
    reads(colleague, "You are invited")
    sign_in(colleague, COLLEAGUE)
    colleague.goto(link)
    press(colleague, "Accept the invitation")


def test_a_profile_that_is_there_is_suggested(page: Page, scripting: bool) -> None:
    """While somebody types, or, without a script, once the form was sent."""
    sign_in(page, CLAIMANT)
    page.goto("/en/my/")
    follow_link(page, "Propose an organisation")
    page.get_by_label("Name", exact=True).press_sequentially("Sociale Innovatifabriek", delay=5)
    if not scripting:
        page.get_by_label("Summary").fill("Helps people begin.")
        page.get_by_label("What you do there").fill("Coordinator")
        page.get_by_label("Sector").select_option("citizens")
        page.get_by_label("Country").select_option("BE")
        press(page, "Send it to the centre")
    suggested = page.get_by_role("region", name="Is it one of these?")
    expect(suggested).to_contain_text("Sociale Innovatiefabriek")
    expect(suggested.get_by_role("link", name="Manage this profile").first).to_be_visible()
