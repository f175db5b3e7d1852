"""Somebody submits a practice; the centre asks, hears, assesses and publishes; everybody reads it."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.mailbox import Mailbox
from tests.browser.stack import Stack, wait_for
from tests.browser.visitor import follow_link, press, reads, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]
SUBMITTER = "other@example.org"


@pytest.fixture
def reviewer(browser: Browser, portal: Stack) -> Iterator[Page]:
    """Staff in the admin, which needs JavaScript."""
    context = browser.new_context(base_url=portal.url, locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    page = context.new_page()
    sign_in(page, "editor@example.org")
    yield page
    context.close()


def test_from_the_first_step_to_the_library(
    page: Page, reviewer: Page, portal: Stack, mailbox: Mailbox, scripting: bool
) -> None:
    title = f"Shared gardens {'with' if scripting else 'without'} a script"
    sign_in(page, SUBMITTER)
    _describe(page, title)
    _send(page)
    mailbox.wait_for_subject(SUBMITTER, f"We received “{title}”")

    _open_for_review(reviewer, title)
    _press_button(reviewer, "ask", words="How many people take part?")
    page.goto(mailbox.wait_for_subject(SUBMITTER, f"A question about “{title}”").link("/mine/"))
    expect(page.get_by_role("main")).to_contain_text("How many people take part?")
    follow_link(page, "Answer")
    page.get_by_label("Your answer to the reviewers").fill("About 120 a year.")
    _send(page)

    _open_for_review(reviewer, title)
    _press_button(reviewer, "approve")
    wait_for("the assessment begins", lambda: _is_assessed(portal, title), seconds=30)
    _open_for_review(reviewer, title)
    _press_button(reviewer, "approve")
    expect(reviewer.get_by_role("main")).to_contain_text("lack a judgement with a reason")
    _judge(reviewer)
    _press_button(reviewer, "approve")

    mail = mailbox.wait_for_subject(SUBMITTER, f"“{title}” is published")
    page.context.clear_cookies()
    page.goto(mail.link("/practices/"))
    reads(page, title)
    expect(page.get_by_role("main")).to_contain_text("Eight of ten people")


def _describe(page: Page, title: str) -> None:
    """All steps; the summary is forgotten at first."""
    page.goto("/en/practices/")
    follow_link(page, "Submit a practice")
    press(page, "Begin")
    page.get_by_label("Name of the practice").fill(title)
    page.get_by_role("group", name="Kind of practice").get_by_role("radio").first.check()
    page.get_by_role("group", name="Themes").get_by_role("checkbox").nth(2).check()
    page.get_by_role("group", name="Target groups").get_by_role("checkbox").first.check()
    press(page, "Save and go on")
    page.get_by_label("What came of it").fill("Eight of ten people know more neighbours.")
    page.get_by_role("group", name="How sure is it?").get_by_role("radio").nth(1).check()
    page.get_by_label("Source 1: address").fill("nonsense")
    press(page, "Save and go on")
    expect(page.get_by_role("alert")).to_contain_text("Source 1: address")
    expect(page.get_by_label("What came of it")).to_have_value("Eight of ten people know more neighbours.")
    page.get_by_label("Source 1: title").fill("Report")
    page.get_by_label("Source 1: address").fill("https://example.org/report")
    press(page, "Save and go on")
    page.get_by_label("What one needs").fill("A plot and a coordinator.")
    page.get_by_role("group", name="Who takes part").get_by_role("checkbox").first.check()
    press(page, "Save and go on")
    page.get_by_label("Step by step").fill("1. Find a plot.\n2. Ring every bell.")
    page.get_by_role("group", name="Countries").get_by_role("checkbox").first.check()
    press(page, "Save and go on")
    expect(page.get_by_role("group", name="Organisation").get_by_role("radio").first).to_be_checked()
    page.get_by_label("Mailbox for questions").fill("gardens@example.org")
    press(page, "Save and go on")
    page.set_input_files(
        "input[type=file]", {"name": "report.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 report"}
    )
    press(page, "Add this file")
    expect(page.get_by_role("link", name="report.pdf")).to_be_visible()
    follow_link(page, "Continue to check your answers")
    reads(page, "Check your answers")
    follow_link(page, "In one or two sentences")
    page.get_by_label("In one or two sentences").fill("Neighbours grow vegetables together.")
    press(page, "Save and back to the check")
    reads(page, "Check your answers")


def _send(page: Page) -> None:
    press(page, "Send")
    expect(page.get_by_role("alert")).to_contain_text("Tick the box")
    page.get_by_role("checkbox").check()
    press(page, "Send")
    expect(page.get_by_role("main")).to_contain_text("The centre has it.")


def _open_for_review(page: Page, title: str) -> None:
    """From the menu to the practice."""
    page.goto("/admin/snippets/practices/submission/")
    page.get_by_role("row").filter(has_text=title).locator("a[href*='/practices/practice/edit/']").click()
    page.wait_for_url("**/practices/practice/edit/**")


def _press_button(page: Page, action: str, *, words: str = "") -> None:
    """One of the review's buttons below the editor, and what its dialogue asks."""
    button = page.locator(f"[data-workflow-action-name={action}]")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    button.click()
    if words:
        dialogue = page.get_by_role("dialog")
        dialogue.locator("textarea[name=words]").fill(words)
        dialogue.locator("button[type=submit]").click()
    page.wait_for_load_state("networkidle")


def _judge(page: Page) -> None:
    """The tab with a row for each criterion, filled in."""
    page.get_by_role("tab", name="Assessment").click()
    page.locator("input[name=assessed_on]").fill(timezone.localdate().isoformat())
    page.keyboard.press("Escape")
    page.locator("select[name=assessed_by]").select_option("staff")
    for number in range(10):
        page.locator(f"input[name=judgements-{number}-verdict][value=met]").check()
        page.locator(f"textarea[name^=judgements-{number}-reason]").first.fill("Shown in the report.")


def _is_assessed(portal: Stack, title: str) -> bool:
    """Whether the review of this submission has come to the assessment."""
    rows = portal.query(
        "SELECT 1 FROM practices_submission AS submission"
        " JOIN wagtailcore_workflowstate AS state ON state.object_id = submission.practice_id::text"
        " JOIN django_content_type AS kind ON kind.id = state.content_type_id AND kind.model = 'practice'"
        " JOIN wagtailcore_taskstate AS at ON at.id = state.current_task_state_id"
        " JOIN practices_assessmenttask AS task ON task.task_ptr_id = at.task_id"
        " WHERE submission.title = %s AND state.status = 'in_progress'",
        title,
    )
    return bool(rows)
