"""From interest to the receipt of a proposal: five people, each in a browser of their own, in each language.

The owner of the organisation that leads, the owners of two partners, a reviewer, and somebody of the centre, who chairs
the review. Where the story waits for a deadline, the deadline is moved.
"""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils.translation import override
from playwright.sync_api import Browser, expect

from hub.languages.names import language_name
from tests.browser.mailbox import Mailbox
from tests.browser.person import DESK, PHONE, Person, window
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]

PLAN = "We open twelve houses in three countries, and count who comes."
REASONS = "It reaches people whom nobody else reaches."
PDF = {"name": "file.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}


@dataclass
class Story:
    """Who takes part, and what the portal holds about them."""

    portal: Stack
    mailbox: Mailbox
    language: str
    facts: dict[str, Any]
    size: dict[str, int]
    lead: Person
    first: Person
    second: Person
    reviewer: Person
    staff: Person
    stranger: Person

    @property
    def consortium(self) -> str:
        return f"Houses {self.language.upper()}"

    def organisation(self, part: str) -> str:
        return str(self.facts["people"][part]["organisation"])

    def sign_in(self, part: str) -> None:
        person: Person = getattr(self, part)
        person.signs_in(self.portal, self.facts["cookie"], self.facts["people"][part]["session"])

    def mail(self, part: str, words: str, **named: Any) -> str:
        """The address in the newest mail with this subject."""
        subject = self.lead.said(words, **named)
        return self.mailbox.wait_for_subject(self.facts["people"][part]["email"], subject).link(f"/{self.language}/")


@pytest.fixture(
    params=[("nl", PHONE, True), ("fr", DESK, True), ("de", PHONE, False), ("en", DESK, True)],
    ids=["nl-phone", "fr-desk", "de-phone-no-javascript", "en-desk"],
)
def story(request: Any, browser: Browser, portal: Stack, mailbox: Mailbox) -> Iterator[Story]:
    """Of one language. Who works in the admin sits at a desk and has JavaScript, which Wagtail needs."""
    language, size, scripting = request.param
    said = portal.in_django(f"from tests.browser import undertaking; undertaking.prepare({language!r})")
    facts = json.loads(said.splitlines()[-1])
    with ExitStack() as windows:

        def person(part: str) -> Person:
            at, with_script = (DESK, True) if part == "staff" else (size, scripting)
            return Person(windows.enter_context(window(browser, portal, language, at, scripting=with_script)), language)

        people = {part: person(part) for part in ("lead", "first", "second", "reviewer", "staff", "stranger")}
        yield Story(portal, mailbox, language, facts, size, **people)
    portal.in_django(f"from tests.browser import undertaking; undertaking.take_down({facts['page']})")


def test_from_interest_to_proposal(story: Story) -> None:
    for part in ("lead", "first", "reviewer", "staff"):
        story.sign_in(part)
    _show_interest(story)
    _form_a_consortium(story)
    _add_a_letter(story)
    _sign(story)
    _declare(story)
    _pass_deadline(story, "declaration")
    _judge(story)
    _settle(story)
    _release(story)
    _fill_in(story)
    number = _submit(story)
    _read_receipts(story, number)
    _verify(story, number)


def _show_interest(story: Story) -> None:
    lead = story.lead
    lead.opens(f"/{story.language}/")
    banner = lead.page.get_by_role("banner")
    if story.size == PHONE:
        banner.locator("summary").click()
    lead.goes(banner.locator(f"a[href='{story.facts['calls']}']:visible"))
    lead.follows(story.facts["title"])
    lead.follows("Register your interest")
    lead.main.locator("input[name=role][value=lead]").check()
    lead.main.locator("input[name=tracks]").first.check()
    lead.presses_calmly("Register our interest")
    lead.reads("Your interest is registered")


def _form_a_consortium(story: Story) -> None:
    lead = story.lead
    lead.follows("Form a consortium")
    lead.fills("name", story.consortium)
    with override(story.language):
        own = language_name(story.language)
    lead.main.get_by_label(lead.said("Summary in %(language)s", language=own)).fill("Houses that stand open.")
    lead.presses("Begin the draft")
    lead.reads(story.consortium)
    for part in ("first", "second"):
        name = story.organisation(part)
        lead.follows("Invite an organisation")
        lead.main.get_by_role("searchbox").fill(name)
        lead.goes(lead.main.get_by_role("search").get_by_role("button"))
        lead.goes(lead.main.get_by_role("listitem").filter(has_text=name).get_by_role("button"))
        lead.finds("%(name)s is invited: its owners get a mail.", name=name)


def _add_a_letter(story: Story) -> None:
    lead = story.lead
    lead.follows("All documents (%(number)s), and adding one", number=0)
    lead.follows("Add a document")
    lead.fills("title", "Our city helps")
    lead.main.locator("select[name=endorses]").select_option(label=story.organisation("lead"))
    lead.main.locator("input[type=file]").set_input_files(PDF)  # type: ignore[arg-type]
    lead.presses("Add a document")
    lead.reads("Documents")
    lead.finds("letter of endorsement of %(organisation)s", organisation=story.organisation("lead"))


def _sign(story: Story) -> None:
    """The lead on its page, one partner from "my page", the other by the link in a mail, signed in nowhere."""
    story.lead.follows(story.consortium)
    story.lead.follows("Read and sign")
    first, second = story.first, story.second
    first.opens_my_page()
    first.follows(
        "Read “%(name)s” and sign for %(organisation)s",
        name=story.consortium,
        organisation=story.organisation("first"),
    )
    second.opens(
        story.mail(
            "second",
            "%(lead)s invites %(organisation)s into a consortium",
            lead=story.organisation("lead"),
            organisation=story.organisation("second"),
        )
    )
    for person in (story.lead, first, second):
        person.finds("Houses that stand open.")
        person.presses("Yes, we sign this text")
        person.finds("Signed.")
    story.sign_in("second")


def _declare(story: Story) -> None:
    lead = story.lead
    lead.opens_my_page()
    lead.follows("Declare the partnership “%(name)s”", name=story.consortium)
    lead.presses("Declare the partnership")
    lead.finds("It is declared. Every partner gets the receipt by mail.")
    lead.reads("Receipt %(number)s", number=_number(lead))


def _number(person: Person) -> str:
    """Of the receipt that is open."""
    found = re.search(r"\d{4}-\d{5}-[A-Z]", person.page.get_by_role("heading", level=1).inner_text())
    assert found
    return found.group()


def _pass_deadline(story: Story, governs: str) -> None:
    change = "UPDATE calls_deadline SET due_at = now() - interval '1 hour' WHERE call_id = %s AND governs = %s"
    story.portal.query(change, story.facts["call"], governs)


def _judge(story: Story) -> None:
    reviewer = story.reviewer
    reviewer.opens_my_page()
    reviewer.follows("Judge %(number)d consortium", plural="Judge %(number)d consortia", number=1)
    _read(story, reviewer)
    reviewer.main.locator("select[name^=value_]").select_option("4")
    reviewer.main.locator("textarea[name^=reason_]").fill("Twelve houses are many.")
    reviewer.presses("Hand in", context="a judgement")
    reviewer.finds("Your judgement is handed in.")


def _read(story: Story, person: Person) -> None:
    """From the list of consortia, once there is no conflict."""
    person.follows(story.consortium)
    person.misses("Houses that stand open.")
    person.presses("I have no other conflict: let me read")
    person.finds("Houses that stand open.")


def _settle(story: Story) -> None:
    chair = story.staff
    chair.opens_my_page()
    chair.follows(
        "Settle what is recommended about %(number)d consortium",
        plural="Settle what is recommended about %(number)d consortia",
        number=1,
    )
    _read(story, chair)
    chair.follows("All judgements side by side")
    chair.finds("Twelve houses are many.")
    chair.main.locator("input[name=verdict][value=recommended]").check()
    chair.fills("reasons", REASONS)
    chair.presses("Settle")
    chair.finds("The outcome is settled. Partners see nothing before the release.")


def _release(story: Story) -> None:
    """Staff go from "my page" over the board to the release; before it the partners see nothing."""
    first, staff = story.first, story.staff
    _to_consortium(story, first)
    first.misses(REASONS)
    staff.opens_my_page()
    staff.follows("To the admin")
    staff.page.get_by_role("button", name=staff.said("Partners"), exact=True).click()
    staff.goes(staff.page.get_by_role("link", name=staff.said("Interests"), exact=True).first)
    staff.follows(story.facts["title"])
    expect(staff.main.locator(".stages")).to_contain_text(f"1 {staff.said('Declared', context='consortia')}")
    staff.follows("Reviewing")
    staff.follows("Release the recommendations")
    staff.presses("Release them now")
    expect(staff.page.get_by_role("status")).to_contain_text(
        staff.said("The recommendations are released; all partners get a mail.")
    )


def _to_consortium(story: Story, person: Person) -> None:
    person.opens_my_page()
    person.follows(story.consortium, exact=True)
    person.reads(story.consortium)


def _fill_in(story: Story) -> None:
    """The plan by one, the budget by the other."""
    for person in (story.first, story.second):
        _to_consortium(story, person)
        person.finds("recommended", context="a consortium")
        person.finds(REASONS)
        person.misses(
            "The text is version %(number)s. When it changes in substance, whoever signed is asked again.", number=3
        )
    story.first.follows("To the proposal")
    story.second.opens_my_page()
    story.second.follows("Fill in the proposal of “%(name)s”", name=story.consortium)
    for person, part in ((story.first, "Plan"), (story.second, "Budget")):
        person.follows(part)
    story.first.fills("text", PLAN)
    story.first.presses("Save")
    story.second.main.locator("input[type=file]").set_input_files(PDF)  # type: ignore[arg-type]
    story.second.presses("Send the file")
    for person in (story.first, story.second):
        person.finds("Version %(number)d is saved. The versions before it stay.", number=1)


def _submit(story: Story) -> str:
    lead = story.lead
    lead.opens_my_page()
    lead.follows("Submit the proposal of “%(name)s”", name=story.consortium)
    lead.presses("Submit the proposal")
    lead.finds("It is submitted. Every partner gets the receipt by mail.")
    return _number(lead)


def _read_receipts(story: Story, number: str) -> None:
    for person in (story.first, story.second):
        _to_consortium(story, person)
        person.follows("Receipt %(number)s", number=number)
    for person in (story.lead, story.first, story.second):
        person.reads("Receipt %(number)s", number=number)
        person.finds(PLAN)
        person.finds("Version %(number)s: %(name)s", number=1, name=str(PDF["name"]))


def _verify(story: Story, number: str) -> None:
    """Whoever is shown a receipt: by the link in the mail, and by typing the number."""
    stranger = story.stranger
    subject = "Receipt %(number)s: the proposal of “%(consortium)s” is submitted"
    stranger.opens(story.mail("second", subject, number=number, consortium=story.consortium))
    stranger.reads("This receipt is genuine")
    stranger.fills("number", number)
    stranger.presses("Verify the number")
    stranger.reads("This receipt is genuine")
    # Whose it is nobody else learns before the deadline.
    stranger.finds(
        "Which consortium submitted it, and whether it still counts, is told here once the deadline for proposals is "
        "over. Until then only that consortium and the centre know."
    )
    stranger.misses(story.consortium)
    stranger.misses(PLAN)
