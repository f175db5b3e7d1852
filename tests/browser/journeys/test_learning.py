"""A question is proposed, accepted, voted for, worked on, answered and answered anew after an event; a follower hears.

On a phone and without a script, but for the admin, which needs one.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.mailbox import Mailbox
from tests.browser.stack import Stack, wait_for
from tests.browser.visitor import follow_link, press, press_calmly, reads, sign_in
from tests.browser.walk import TOO_WIDE

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]
MEMBER, STAFF, FOLLOWER = "partner@example.org", "editor@example.org", "curious@example.org"
QUESTION = "Who pays for a practice once its grant ends?"
# An event that is over, about this question, of the person who answered it.
_EVENT = f"""
from datetime import timedelta
from django.utils import timezone
from events.agenda.models import Event
from accounts.users.models import User
from learning.questions.models import Question
from learning.tasks import ask_what_was_learned
asked = Question.objects.get(texts__words={QUESTION!r})
now = timezone.now()
event = Event(title="A round table", starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=2, hours=-1))
event.save()
event.organisers.add(User.objects.get(email={STAFF!r}))
event.save()
asked.events.add(event)
asked.save()
ask_what_was_learned()
"""
# What beat does each hour, without waiting until what has just happened is settled.
_TELL = """
from datetime import timedelta
from django.utils import timezone
from hub.saved_searches.alerts import SETTLING
from hub.what_is_new import telling
telling.run(now=timezone.now() + SETTLING)
"""


@pytest.fixture
def windows(browser: Browser, portal: Stack) -> Iterator[list[Page]]:
    """Of a member of an organisation, of staff on the site and in the admin, and of a visitor."""
    contexts = [
        browser.new_context(
            base_url=portal.url,
            java_script_enabled=scripting,
            locale="en-GB",
            viewport={"width": 1280 if scripting else 390, "height": 844},
        )
        for scripting in (False, False, True, False)
    ]
    for context in contexts:
        context.set_default_timeout(15_000)
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_from_the_question_to_a_better_answer(windows: list[Page], portal: Stack, mailbox: Mailbox) -> None:
    member, staff, admin, visitor = windows
    sign_in(member, MEMBER)
    for page in (staff, admin):
        sign_in(page, STAFF)
    _propose(member)
    _accept(admin)
    address = f"/en{_address(member)}"
    _vote(member, admin)
    _follow(visitor, address, mailbox)
    portal.in_django(_TELL)
    _answer(staff, address)
    portal.in_django(_TELL)
    mailbox.wait_for_subject(FOLLOWER, f"New: {QUESTION}")
    portal.in_django(_EVENT)
    _answer_anew(staff, address, mailbox)
    portal.in_django(_TELL)
    last = mailbox.wait(FOLLOWER, count=4)
    assert "The city pays, but only where the contract says so." in last.text
    assert len(mailbox.all_for(FOLLOWER)) == 4, "one confirmation, one welcome, and each answer once"
    visitor.goto(address)
    for words in ("The city pays, but only where", "Contracts decide.", "Four cities said so.", "1 organisation voted"):
        expect(visitor.get_by_role("main")).to_contain_text(words)
    assert not visitor.evaluate(TOO_WIDE)


def _propose(member: Page) -> None:
    member.goto("/en/learning/")
    follow_link(member, "Propose a question")
    press(member, "Send the question")
    expect(member.get_by_role("alert")).to_contain_text("Enter your question.")
    member.get_by_label("Your question").fill(QUESTION)
    member.get_by_label("Why it matters").fill("Two of three stop within a year.")
    press(member, "Send the question")
    reads(member, "Learning agenda")
    expect(member.get_by_role("main")).not_to_contain_text(QUESTION)


def _accept(admin: Page) -> None:
    admin.goto("/admin/snippets/learning/question/?state=proposed")
    admin.get_by_role("main").get_by_role("link", name=QUESTION).first.click()
    admin.locator("button[name=decision][value=yes]").click()
    admin.wait_for_url("**/admin/snippets/learning/question/")


def _address(member: Page) -> str:
    member.goto("/en/my/")
    link = member.get_by_role("main").get_by_role("link", name=QUESTION).first.get_attribute("href")
    assert link
    return link.removeprefix("/en")


def _vote(member: Page, admin: Page) -> None:
    admin.goto("/admin/learning/rounds/")
    # That of the demo, which runs.
    if admin.get_by_role("link", name="Close the round now").count():
        _close(admin)
    later = timezone.now() + timedelta(days=300)
    admin.locator("input[name=until]").fill(later.strftime("%Y-%m-%dT12:00"))
    admin.locator("main form button[type=submit]").first.click()
    expect(admin.get_by_role("main")).to_contain_text(f"A round is open until {later:%A}")
    member.goto("/en/learning/")
    follow_link(member, "Vote which questions matter most")
    if member.url.endswith("/vote/"):
        member.get_by_role("main").get_by_role("list").get_by_role("link").last.click()
    member.get_by_label(QUESTION).check()
    press(member, "Vote")
    expect(member.get_by_role("main")).to_contain_text("Your organisation has voted")
    admin.goto("/admin/learning/rounds/")
    _close(admin)


def _close(admin: Page) -> None:
    admin.get_by_role("link", name="Close the round now").click()
    admin.get_by_role("button", name="Close the round").click()
    admin.locator("input[name=until]").wait_for()


def _follow(visitor: Page, address: str, mailbox: Mailbox) -> None:
    visitor.goto(address)
    assert not visitor.evaluate(TOO_WIDE)
    follow_link(visitor, "Follow this question")
    visitor.get_by_label("E-mail address").fill(FOLLOWER)
    visitor.get_by_label(re.compile("I want mails about")).check()
    press_calmly(visitor, "Follow")
    visitor.goto(mailbox.wait(FOLLOWER).link("/follow/confirm/"))
    press(visitor, "Yes, I follow")
    mailbox.wait(FOLLOWER, count=2)


def _answer(staff: Page, address: str) -> None:
    staff.goto(address)
    follow_link(staff, "Look after the question")
    press(staff, "We work on it")
    expect(staff.get_by_role("main")).to_contain_text("being worked on")
    staff.get_by_label("Next step").fill("Ask four cities")
    press(staff, "Save it")
    follow_link(staff, "Write what we know")
    staff.get_by_label("The answer, as far as we know").fill("The city pays. Nobody asked how.")
    staff.get_by_label("First signs").check()
    press(staff, "Save it")
    reads(staff, QUESTION)
    expect(staff.get_by_role("main")).to_contain_text("Ask four cities")


def _answer_anew(staff: Page, address: str, mailbox: Mailbox) -> None:
    asked = wait_for(
        "the question what was learned",
        lambda: [mail for mail in mailbox.all_for(STAFF) if "A round table" in mail.subject],
        seconds=60,
    )
    # In whatever language staff read their mail, the page is the same.
    event = asked[-1].link("?event=").partition("?")[2]
    staff.goto(f"{address}answer/?{event}")
    expect(staff.get_by_label("A round table")).to_be_checked()
    staff.get_by_label("The answer, as far as we know").fill("The city pays, but only where the contract says so.")
    staff.get_by_label("Fairly sure").check()
    staff.get_by_label("What changed").fill("Contracts decide.")
    staff.get_by_label("On the strength of what").fill("Four cities said so.")
    press(staff, "Save it")
    reads(staff, QUESTION)
