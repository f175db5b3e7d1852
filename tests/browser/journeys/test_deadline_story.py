"""A date's whole life: staff publish a call, a visitor follows it, is reminded, hears that it moved, and stops."""

import json
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from playwright.sync_api import Browser, Page, expect

from nccsi.demo.logins import ADMINISTRATOR
from tests.browser.mailbox import Mailbox
from tests.browser.stack import Stack
from tests.browser.visitor import follow_link, press, press_calmly, reads, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]

EMAIL = "story@example.org"
LABEL = "Hand in the story"
_PREPARE = """
import json
from datetime import timedelta
from django.utils import timezone
from calls.models import Call, CallIndexPage, CallPage, Deadline
call = Call.objects.create(title={"en": "A call with a story"})
due_at = timezone.now() + timedelta(days=5)
deadline = Deadline.objects.create(call=call, label={"en": "Hand in the story"}, due_at=due_at, sort_order=1)
index = CallIndexPage.objects.get(locale__language_code="en")
page = CallPage(title="A call with a story", slug="story", call=call, locale=index.locale, live=False)
page.introduction = "Once upon a time."
index.add_child(instance=page)
page.save_revision()
print(json.dumps({"call": call.pk, "deadline": deadline.pk, "page": page.pk, "path": page.url or index.url + "story/"}))
"""
_TAKE_DOWN = "from calls.models import CallPage; CallPage.objects.get(slug='story').unpublish()"


@dataclass(frozen=True)
class Story:
    """Where it happens."""

    call: int
    deadline: int
    page: int
    path: str


@pytest.fixture
def story(portal: Stack) -> Iterator[Story]:
    """A call whose page is still a draft; afterwards it is taken down, so that other tests find the demo's calls."""
    yield Story(**json.loads(portal.in_django(_PREPARE).splitlines()[-1]))
    portal.in_django(_TAKE_DOWN)


@pytest.fixture
def staff(browser: Browser, portal: Stack) -> Iterator[Page]:
    """Somebody of the centre, signed in."""
    context = browser.new_context(base_url=portal.url, locale="en-GB")
    context.set_default_timeout(30_000)
    page = context.new_page()
    sign_in(page, ADMINISTRATOR)
    yield page
    context.close()


@pytest.fixture
def scripting() -> bool:
    """The visitor of this story has no JavaScript; the other journeys show both."""
    return False


def test_the_story(page: Page, staff: Page, portal: Stack, mailbox: Mailbox, story: Story) -> None:
    """Publish, follow, reminder in time, the date moves, calendars follow, one click and it is quiet."""
    _publish(staff, story)
    _follow(page, mailbox, story)
    reminder = _wait_for_reminder(portal, mailbox, story)
    assert LABEL in reminder

    before = _entry(portal, story)
    new = (datetime.now(UTC) + timedelta(days=4)).astimezone(ZoneInfo("Europe/Brussels"))
    new = new.replace(hour=16, minute=30, second=0, microsecond=0)
    _move(staff, story, new)

    notice = mailbox.wait(EMAIL, count=4, seconds=100)
    assert "The authority asked for it." in notice.text
    (attached,) = Calendar.from_ical(notice.attachment("text/calendar")).walk("VEVENT")
    after = _entry(portal, story)
    for entry in (attached, after):
        assert entry["uid"] == before["uid"]
        assert int(str(entry["sequence"])) == int(str(before["sequence"])) + 1
        assert new in {entry.decoded("dtstart"), entry.decoded("dtend", None)}
    page.goto(story.path)
    expect(page.get_by_role("main")).to_contain_text("The authority asked for it.")

    _stop_with_one_click(str(notice.message["List-Unsubscribe"]))
    assert portal.query("SELECT status FROM notifications_subscription WHERE email = %s", EMAIL) == [("stopped",)]
    assert len(mailbox.all_for(EMAIL)) == 4, "a confirmation, a welcome, a reminder, the news of the move"


def _publish(staff: Page, story: Story) -> None:
    staff.goto(f"/admin/pages/{story.page}/edit/")
    staff.locator("button[name=action-publish]").first.evaluate("button => button.click()")
    staff.wait_for_url(re.compile(rf"/admin/pages/(?!{story.page}/edit)"))


def _follow(page: Page, mailbox: Mailbox, story: Story) -> None:
    page.goto(story.path)
    expect(page.get_by_role("main")).to_contain_text(LABEL)
    follow_link(page, "Remind me")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("3 hours before").check()
    for days in ("30 days before", "7 days before", "1 day before"):
        page.get_by_label(days).uncheck()
    page.get_by_label(re.compile("I want mails about")).check()
    press_calmly(page, "Follow")
    reads(page, "Look into your mailbox")
    page.goto(mailbox.wait(EMAIL).link("/follow/confirm/"))
    press(page, "Yes, I follow")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You follow")
    assert LABEL in mailbox.wait(EMAIL, count=2).text


def _wait_for_reminder(portal: Stack, mailbox: Mailbox, story: Story) -> str:
    """Three hours before the date comes in a few seconds: not before, and within two minutes after."""
    due = "UPDATE calls_deadline SET due_at = now() + interval '3 hours 10 seconds' WHERE id = %s RETURNING due_at"
    ((due_at,),) = portal.query(due, story.deadline)
    assert isinstance(due_at, datetime)
    reminder = mailbox.wait(EMAIL, count=3, seconds=130)
    late = datetime.now(UTC) - (due_at - timedelta(hours=3))
    assert timedelta() <= late < timedelta(minutes=2), late
    return reminder.subject + reminder.text


def _move(staff: Page, story: Story, new: datetime) -> None:
    staff.goto(f"/admin/snippets/calls/call/move/{story.call}/{story.deadline}/")
    staff.locator("input[name=due_at]").fill(f"{new:%Y-%m-%dT%H:%M}")
    for number in range(4):
        staff.locator(f"textarea[name=reason_{number}]").fill("The authority asked for it.")
    staff.locator("textarea[name=reason_0]").evaluate("box => box.form.querySelector('button[name=preview]').click()")
    staff.wait_for_load_state()
    expect(staff.locator("iframe[srcdoc]").first).to_be_attached()
    staff.locator("button[name=confirm]").evaluate("button => button.click()")
    staff.wait_for_url(re.compile(f"/admin/snippets/calls/call/edit/{story.call}/"))


def _entry(portal: Stack, story: Story) -> Event:
    """The date in the feed that calendar programs subscribe to."""
    with urllib.request.urlopen(f"{portal.url}/en/calendar.ics", timeout=20) as answer:
        entries = Calendar.from_ical(answer.read()).walk("VEVENT")
    (found,) = [each for each in entries if str(each["uid"]).startswith(f"deadline-{story.deadline}@")]
    assert isinstance(found, Event)
    return found


def _stop_with_one_click(header: str) -> None:
    """What a mail program's own button does (RFC 8058)."""
    request = urllib.request.Request(header.strip(" <>"), data=b"List-Unsubscribe=One-Click", method="POST")
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 200
