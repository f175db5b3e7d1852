"""The centre reviews what came from outside with Wagtail's own buttons; who sent it hears of each step."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from accounts.users.models import User
from hub.site.models import SiteSettings
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from practices.contributing import submission as verbs
from practices.practice.models.practice import Practice
from practices.review import decisions
from practices.review.models import AssessmentTask
from tests.factories.submissions import ANSWERS, judge, send, sent, task_of
from tests.practices.review.review_buttons import NAMES, edited, mails_to, press

pytestmark = pytest.mark.django_db


def test_from_sent_to_published(editor: Client, partner: Client, partner_user: User, visitor: Client) -> None:
    submission = sent(partner_user)
    assert press(editor, submission, "approve").status_code == 302
    assert isinstance(task_of(submission).task.specific, AssessmentTask)
    judge(submission, User.objects.get(email="editor@example.org"))
    assert visitor.get("/en/practices/shared-gardens/").status_code == 404
    assert press(editor, submission, "approve").status_code == 302

    page = visitor.get("/en/practices/shared-gardens/")
    assert page.status_code == 200
    assert ANSWERS["results"] in page.content.decode()
    submission.refresh_from_db()
    assert (submission.status, submission.answers["title"]) == ("published", ANSWERS["title"])
    practice = Practice.objects.get()
    assert practice.checked_on == timezone.localdate()
    assert [event.what for event in submission.events.all()] == ["sent", "eligible", "published"]
    assert mails_to(partner_user) == ["submission_received", "submission_eligible", "submission_published"]
    told = Message.objects.get(kind="practices/submission_published")
    assert told.context["practice_url"].endswith("/en/practices/shared-gardens/")
    track = partner.get(f"/en/practices/mine/{submission.uuid}/").content.decode()
    assert "It is published." in track
    assert "/en/practices/shared-gardens/" in track


def test_questions_go_back_and_the_answers_come_again(editor: Client, partner: Client, partner_user: User) -> None:
    submission = sent(partner_user)
    press(editor, submission, "approve")
    press(editor, submission, "ask", words="How many people?\n\nIn which year?")
    submission.refresh_from_db()
    assert submission.status == "questions"
    assert submission.practice
    assert submission.practice.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    mail = Message.objects.get(kind="practices/submission_question")
    assert "How many people?" in render(mail, now=timezone.now()).text
    track = f"/en/practices/mine/{submission.uuid}/"
    assert "In which year?" in partner.get(track).content.decode()

    check = f"/en/practices/submit/{submission.uuid}/check/"
    page = partner.get(check)
    assert "In which year?" in page.content.decode()
    data = {"agree": "on", "seen": page.context["seen"]}
    assert partner.post(check, data).status_code == 409, "neither an answer nor a change"
    assert partner.post(check, data | {"reply": "120, in 2026."}).status_code == 302
    submission.refresh_from_db()
    assert submission.status == "submitted"
    assert [event.what for event in submission.events.all()] == ["sent", "eligible", "question", "answered"]
    assert submission.events.last().note == "120, in 2026."  # type: ignore[union-attr]  # just asserted
    assert isinstance(task_of(submission).task.specific, AssessmentTask), "where it was, not from the start"
    edit = editor.get(reverse(f"{NAMES}:edit", args=[submission.practice_id])).content.decode()
    assert "120, in 2026." in edit


def test_what_reviewers_edited_meets_the_answers(partner_user: User, editor_user: User) -> None:
    submission = sent(partner_user)
    draft = Practice.objects.get().get_latest_revision_as_object()
    text = draft.texts.get()
    text.summary = "Better said by staff."
    draft.texts.set([text])
    draft.save_revision(user=editor_user)
    judge(submission, editor_user)
    decisions.ask(task_of(submission), by=editor_user, words="And the costs?")
    submission.refresh_from_db()
    assert submission.answers["summary"] == "Better said by staff."
    submission.answers["cost"] = "unknown"
    submission.save()
    send(submission)
    kept = Practice.objects.get().get_latest_revision_as_object()
    assert (kept.texts.get().summary, kept.cost.code, kept.judgements.count()) == (
        "Better said by staff.",
        "unknown",
        10,
    )


def test_refused_with_a_reason(editor: Client, partner: Client, partner_user: User, visitor: Client) -> None:
    submission = sent(partner_user)
    assert press(editor, submission, "refuse", words="It is about <b>growing</b> carrots.").status_code == 302
    submission.refresh_from_db()
    assert (submission.status, submission.reason) == ("refused", "It is about <b>growing</b> carrots.")
    practice = Practice.objects.get()
    assert practice.current_workflow_state is None
    assert not practice.live
    mail = render(Message.objects.get(kind="practices/submission_refused"), now=timezone.now())
    assert "<b>growing</b>" in mail.text
    assert "<b>growing</b>" not in mail.html
    assert "&lt;b&gt;growing" in partner.get(f"/en/practices/mine/{submission.uuid}/").content.decode()


def test_staff_hear_of_what_waits(partner_user: User, editor: Client) -> None:
    SiteSettings.objects.update(contact_email="centre@example.org")
    submission = sent(partner_user)
    mail = Message.objects.get(to_email="centre@example.org")
    words = render(mail, now=timezone.now())
    assert ANSWERS["title"] in words.subject
    assert reverse(f"{NAMES}:edit", args=[submission.practice_id]) in words.text
    home = editor.get("/admin/").content.decode()
    assert "Submissions (1)" in home
    listed = editor.get(reverse("wagtailsnippets_practices_submission:list")).content.decode()
    assert ANSWERS["title"] in listed
    assert "partner@example.org" not in listed


def test_drafts_are_nobodys_but_their_writers(partner_user: User, editor: Client) -> None:
    mine = verbs.start(user=partner_user, language="en")
    listed = editor.get(reverse("wagtailsnippets_practices_submission:list"))
    assert listed.status_code == 200
    assert list(listed.context["object_list"]) == []
    assert editor.get(reverse("wagtailsnippets_practices_submission:inspect", args=[mine.pk])).status_code == 404


@pytest.mark.parametrize("lack", ["all", "one", "reason", "not-judged"])
def test_nothing_is_published_without_a_judgement_and_a_reason_for_each_criterion(
    editor: Client, editor_user: User, partner_user: User, lack: str
) -> None:
    submission = sent(partner_user)
    press(editor, submission, "approve")
    if lack != "all":
        judge(submission, editor_user)
        draft = Practice.objects.get().get_latest_revision_as_object()
        rows = list(draft.judgements.all())
        if lack == "one":
            rows = [row for row in rows if row.criterion.code != "equity"]
        for row in rows:
            if row.criterion.code == "equity" and lack == "reason":
                row.reason = " "
            if row.criterion.code == "equity" and lack == "not-judged":
                row.verdict = "not-judged"
        draft.judgements.set(rows)
        draft.save_revision(user=editor_user)
    page = editor.get(press(editor, submission, "approve")["Location"]).content.decode()
    assert "lack a judgement with a reason" in page
    assert "Equity" in page
    assert ("Relevance" in page.split("lack a judgement with a reason")[1][:400]) == (lack == "all")
    practice = Practice.objects.get()
    assert not practice.live
    assert isinstance(practice.current_workflow_task, AssessmentTask)


def test_nothing_is_published_before_somebody_says_in_which_role_it_was_assessed(
    editor: Client, editor_user: User, partner_user: User
) -> None:
    submission = sent(partner_user)
    press(editor, submission, "approve")
    judge(submission, editor_user)
    draft = Practice.objects.get().get_latest_revision_as_object()
    draft.assessed_on, draft.assessed_by, draft.assessment_due_on = None, "", None
    draft.save_revision(user=editor_user)
    page = editor.get(press(editor, submission, "approve")["Location"]).content.decode()
    assert "Say who assessed it" in page
    assert not Practice.objects.get().live


def test_the_editor_says_what_lacks_and_keeps_what_was_edited(editor: Client, partner_user: User) -> None:
    submission = sent(partner_user)
    press(editor, submission, "approve")
    edit = reverse(f"{NAMES}:edit", args=[submission.practice_id])
    pressed = {"action-workflow-action": "1", "workflow-action-name": "approve", "workflow-action-extra-data": "{}"}
    data = edited(submission, owner_name="Edited in the same go", **pressed)
    page = editor.post(edit, data, follow=True)
    assert "lack a judgement with a reason" in page.content.decode()
    practice = Practice.objects.get()
    assert practice.get_latest_revision_as_object().owner_name == "Edited in the same go"
    assert not practice.live


def test_a_refusal_without_a_reason_is_none_also_from_the_editor(editor: Client, partner_user: User) -> None:
    submission = sent(partner_user)
    edit = reverse(f"{NAMES}:edit", args=[submission.practice_id])
    for words in ({}, {"words": "  "}, {"words": "x" * 4001}):
        pressed = {"action-workflow-action": "1", "workflow-action-name": "refuse"}
        data = edited(submission, **pressed) | {"workflow-action-extra-data": json.dumps(words)}
        assert editor.post(edit, data).status_code == 302
        submission.refresh_from_db()
        assert submission.status == "submitted"
