"""Somebody finds practices, narrows them, keeps some, compares them, and hears of the next one that fits."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.mailbox import Mailbox
from tests.browser.stack import Stack
from tests.browser.visitor import follow_link, press, press_calmly, reads, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]


def test_from_finding_to_choosing(page: Page, portal: Stack, mailbox: Mailbox, scripting: bool) -> None:
    """Find → filter → keep → compare → follow the search → the mail about a new practice."""
    _find(page, scripting)
    first, second = _keep_two(page)
    _compare(page, first, second)
    _share(page, portal, first)

    email = f"chooser-{scripting}@example.org".lower()
    _find(page, scripting)
    _follow_search(page, email)
    confirmation = mailbox.wait(email)
    assert "Practices: Czechia" in confirmation.text
    page.goto(confirmation.link("/follow/confirm/"))
    press(page, "Yes, I follow")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Practices: Czechia")

    mailbox.wait(email, count=2)
    portal.in_django(_PUBLISH.format(slug=f"new-in-brno-{scripting}".lower(), email=email))
    news = mailbox.wait(email, count=3)
    assert news.subject == "New practice: Homes in Brno"
    assert news.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page.goto(news.link("/en/practices/new-in-brno"))
    reads(page, "Homes in Brno")
    page.goto(news.link("/follow/stop/"))
    press(page, "Stop these mails")
    reads(page, "Stopped")
    assert len(mailbox.all_for(email)) == 3, "a confirmation, a welcome, the new practice"


def test_what_was_kept_before_signing_in_is_still_there(page: Page) -> None:
    """The list of this browser goes to the account; signing out leaves the browser without it."""
    page.goto("/en/practices/")
    kept = page.locator("ol.rows .row__title").first.inner_text()
    page.locator("ol.rows").get_by_role("button", name=re.compile("^Keep")).first.click()
    expect(page.get_by_role("status").filter(has_text="is on your shortlist")).to_be_visible()
    sign_in(page, "other@example.org")
    page.goto("/en/my/")
    follow_link(page, "on your shortlist")
    reads(page, "Shortlist")
    expect(page.get_by_role("main")).to_contain_text(kept)
    follow_link(page, "Empty the shortlist")
    press(page, "Yes, empty it")
    expect(page.get_by_role("main")).to_contain_text("Nothing kept yet")


def _find(page: Page, scripting: bool) -> None:
    """By theme and country, with boxes to tick."""
    page.goto("/en/practices/")
    page.get_by_role("checkbox", name="Czechia").check()
    if scripting:
        page.wait_for_url("**country=CZ**")
    else:
        press(page, "Show results")
    expect(page.get_by_role("list", name="Your filters")).to_contain_text("Czechia")


def _keep_two(page: Page) -> tuple[str, str]:
    titles = []
    for place in (0, 1):
        row = page.locator("ol.rows > li").nth(place)
        titles.append(row.locator(".row__title").inner_text())
        row.get_by_role("button", name=_about("Keep", titles[-1])).click()
        expect(page.locator("ol.rows > li").nth(place).get_by_role("button")).to_contain_text("Remove from shortlist")
        assert "country=CZ" in page.url, "back where the reader was"
    return titles[0], titles[1]


def _about(verb: str, title: str) -> re.Pattern[str]:
    """The name of a button that says only to screen readers which practice it is about."""
    return re.compile(rf"^{verb}\s*: {re.escape(title)}$")


def _compare(page: Page, first: str, second: str) -> None:
    follow_link(page, "Your shortlist (2)")
    reads(page, "Shortlist")
    press(page, "Compare what is ticked")
    reads(page, "Compare practices")
    heads = page.get_by_role("columnheader")
    expect(heads).to_have_count(2)
    expect(page.get_by_role("table")).to_contain_text(first)
    expect(page.get_by_role("table")).to_contain_text(second)
    everything = page.get_by_role("rowheader").count()
    follow_link(page, "Show only what differs")
    expect(page.get_by_role("link", name="Show everything")).to_be_visible()
    assert page.get_by_role("rowheader").count() < everything
    points = page.get_by_role("rowheader").filter(has_not_text=re.compile("What it is|Who to ask"))
    expect(points.filter(has_not_text="differs")).to_have_count(0)
    page.get_by_role("link", name=_about("Leave out", first)).click()
    expect(page.get_by_role("columnheader")).to_have_count(1)
    page.get_by_label("Add one from your shortlist").select_option(label=first)
    press(page, "Add")
    expect(page.get_by_role("columnheader")).to_have_count(2)


def _share(page: Page, portal: Stack, first: str) -> None:
    """Somebody else opens the address of the list and sees the same."""
    page.goto("/en/practices/shortlist/")
    address = page.get_by_label("Address that shares this list").input_value()
    assert address.startswith(portal.url)
    browser = page.context.browser
    assert browser
    other = browser.new_context().new_page()
    other.goto(address)
    reads(other, "A shared shortlist")
    expect(other.get_by_role("main")).to_contain_text(first)
    other.context.close()


def _follow_search(page: Page, email: str) -> None:
    follow_link(page, "Tell me when something new fits")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Practices: Czechia")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label(re.compile("I want mails about")).check()
    press_calmly(page, "Follow")
    reads(page, "Look into your mailbox")


# What an editor does, with a follower who confirmed just before, as long ago as it takes until followers are told.
_PUBLISH = """
from datetime import timedelta
from django.utils import timezone
from hub.models import Term
from notifications.models import Subscription
from hub.saved_searches import alerts
from hub.models import SavedSearch
from practices.models import Practice, PracticeText
practice = Practice(slug="{slug}", original_language="en", live=False)
practice.kind = Term.objects.get(vocabulary="kind", code="good-practice")
practice.terms = [Term.objects.get(vocabulary="country", code="CZ")]
practice.texts = [PracticeText(language="en", title="Homes in Brno", summary="Homes for families in Brno.")]
practice.save()
practice.save_revision().publish()
now = timezone.now()
published, before = now - alerts.SETTLING - timedelta(seconds=5), now - alerts.SETTLING - timedelta(seconds=10)
Practice.objects.filter(pk=practice.pk).update(first_published_at=published)
Subscription.objects.filter(email="{email}").update(confirmed_at=before)
SavedSearch.objects.update(told_until=before)
for _twice in range(2):
    alerts.run(now=now)
"""
