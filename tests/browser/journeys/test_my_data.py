"""Somebody without an account sees on a phone what is kept about an address, takes a copy along, and erases it."""

import json
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.mailbox import Mailbox
from tests.browser.person import PHONE, Person, window
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]

EMAIL = "data-subject@example.org"
_FOLLOWS = f"""
from django.utils import timezone
from notifications.subscriptions.models import Subscription
Subscription.objects.create(
    email={EMAIL!r}, topic="news", language="fr", offsets=[], status=Subscription.Status.ACTIVE,
    confirmed_at=timezone.now(), consent_wording="-",
)
"""


@pytest.fixture
def reader(browser: Browser, portal: Stack) -> Iterator[Person]:
    """In French, without JavaScript."""
    with window(browser, portal, "fr", PHONE, scripting=False) as page:
        yield Person(page, "fr")


def test_seen_taken_along_and_erased(reader: Person, portal: Stack, mailbox: Mailbox) -> None:
    portal.in_django(_FOLLOWS)
    reader.opens("/fr/donnees/")
    reader.fills("email", EMAIL)
    reader.presses_calmly("Send me a link")
    reader.reads("Look into your mailbox")
    reader.opens(mailbox.wait(EMAIL).link("/fr/"))
    reader.reads("What we keep about you")
    reader.finds(EMAIL)
    _look_at_one_kind(reader)
    _take_a_copy(reader, mailbox)
    _erase(reader, portal, mailbox)


def _look_at_one_kind(reader: Person) -> None:
    reader.goes(reader.main.locator(".row__title a").first)
    expect(reader.main.locator("dl dd").first).to_be_visible()
    reader.follows("Back to everything that is kept about you")


def _take_a_copy(reader: Person, mailbox: Mailbox) -> None:
    reader.presses("Make a copy")
    reader.finds("A copy is being made. A mail with a link comes within a few minutes.")
    address = mailbox.wait(EMAIL, count=2).link("/fr/")
    copy = reader.page.context.request.get(address)
    assert copy.headers["content-type"] == "application/zip"
    with ZipFile(BytesIO(copy.body())) as archive:
        told = json.loads(archive.read("data.json"))
        read = archive.read("index.html").decode()
    assert told["of"] == [EMAIL]
    assert sum(len(kind["rows"]) for kind in told["kinds"]) >= 1
    assert 'lang="fr"' in read


def _erase(reader: Person, portal: Stack, mailbox: Mailbox) -> None:
    reader.opens(mailbox.all_for(EMAIL)[0].link("/fr/"))
    reader.follows("See what erasing does")
    reader.reads("Erase your data?")
    reader.fills("address", "somebody-else@example.org")
    reader.presses("Yes, erase it")
    reader.finds("This is not the address whose data is erased.")
    reader.fills("address", EMAIL)
    reader.presses("Yes, erase it")
    reader.reads("Your data is erased")
    assert portal.query("SELECT count(*) FROM notifications_subscription WHERE email = %s", EMAIL) == [(0,)]
    last = mailbox.wait(EMAIL, count=3)
    (number,) = portal.query("SELECT uuid FROM accounts_erasure ORDER BY at DESC LIMIT 1")[0]
    assert str(number) in last.text
    # The last mail itself, whose address the night takes out.
    kept = "SELECT count(*) FROM notifications_message WHERE to_email = %s AND dedupe_key NOT LIKE %s"
    assert portal.query(kept, EMAIL, "erased:%") == [(0,)]
    reader.opens(mailbox.all_for(EMAIL)[0].link("/fr/"))
    reader.reads("What we keep about your address")  # the link ended with what it led to
