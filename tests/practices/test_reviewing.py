"""The centre reviews what came from outside with Wagtail's own buttons; who sent it hears of each step."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow, WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from accounts.models import User
from hub.models import SiteSettings, Term
from notifications.models import Message
from notifications.rendering import render
from practices import bulk_changes, review
from practices import submission as verbs
from practices.models import AssessmentTask, EligibilityTask, Practice, Submission
from tests.factories.accounts import UserFactory
from tests.factories.practices import PracticeFactory
from tests.factories.submissions import ANSWERS, judge, published, send, sent, task_of
from tests.personas import give_second_factor

pytestmark = pytest.mark.django_db
NAMES = "wagtailsnippets_practices_practice"


def press(client: Client, submission: Submission, action: str, **words: str) -> Any:
    """A button of the review, as its dialogue sends it."""
    task = task_of(submission)
    return client.post(reverse(f"{NAMES}:workflow_action", args=[submission.practice_id, action, task.pk]), words)


def edited(submission: Submission, **more: Any) -> dict[str, Any]:
    """What the editor's page sends for this practice as it stands."""
    practice = Practice.objects.get(pk=submission.practice_id).get_latest_revision_as_object()
    text = practice.texts.get()
    names = ("language", "title", "summary", "what", "results", "needs", "steps")
    texts = [{name: getattr(text, name) for name in names} | {"id": str(text.pk)}]
    data: dict[str, Any] = {
        "original_language": "en",
        "kind": str(practice.kind_id),
        "slug": practice.slug,
        "owner_name": practice.owner_name,
        "texts": inline_formset(texts, initial=1),
        "assessed_on": "",
        "assessed_by": "",
        "assessment_due_on": "",
        **{name: inline_formset([]) for name in ("sources", "figures", "documents", "uses", "judgements")},
    }
    lists = {"theme": [str(term.pk) for term in practice.terms.all() if term.vocabulary == "theme"]}
    return nested_form_data(data) | lists | more


def mails_to(user: User) -> list[str]:
    return [mail.kind.removeprefix("practices/") for mail in Message.objects.filter(to_email=user.email).order_by("pk")]


# --- The way through ------------------------------------------------------------------------------


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
    assert (submission.status, submission.answers) == ("published", {})
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
    review.ask(task_of(submission), by=editor_user, words="And the costs?")
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


# --- The assessment -------------------------------------------------------------------------------


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
    assert isinstance(practice.current_workflow_task.specific, AssessmentTask)


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


# --- Nothing goes past the review -----------------------------------------------------------------


def test_no_button_leads_past_the_review(editor: Client, partner_user: User) -> None:
    submission = sent(partner_user)
    edit = reverse(f"{NAMES}:edit", args=[submission.practice_id])
    page = editor.get(edit).content.decode()
    for words in ("It fits: on to the assessment", "Ask who sent it", "Refuse, with a reason"):
        assert words in page
    for name in ("action-publish", "action-cancel-workflow", "action-restart-workflow"):
        assert name not in page
    assert editor.post(edit, edited(submission, **{"action-publish": "1"}))["Location"] == "/admin/"
    assert not Practice.objects.get().live


def test_a_published_practice_never_shows_unreviewed_words(
    partner_user: User, editor_user: User, administrator_user: User, visitor: Client
) -> None:
    practice = published(partner_user, editor_user).practice
    assert practice
    update = verbs.start_update(user=partner_user, practice=practice, language="en")
    update.answers["results"] = "Unreviewed words."
    update.save()
    send(update)
    place = f"/en/practices/{practice.slug}/"
    practice.refresh_from_db()
    for user in (None, editor_user, administrator_user):
        with pytest.raises(PermissionDenied):
            practice.latest_revision.publish(user=user)
    assert bulk_changes.publish([practice], by=editor_user) == 0
    assert "Unreviewed words." not in visitor.get(place).content.decode()
    review.find_eligible(task_of(update), by=editor_user)
    review.approve(task_of(update), by=editor_user)
    assert "Unreviewed words." in visitor.get(place).content.decode()
    assert mails_to(partner_user)[-1] == "update_published"


def test_a_revision_from_before_the_update_may_still_go_live(partner_user: User, editor_user: User) -> None:
    practice = published(partner_user, editor_user).practice
    assert practice
    before = practice.get_latest_revision()
    update = verbs.start_update(user=partner_user, practice=practice, language="en")
    update.answers["results"] = "Unreviewed words."
    update.save()
    send(update)
    before.publish(user=editor_user)
    update.refresh_from_db()
    assert update.status == "submitted"
    assert practice.texts.get().results == ANSWERS["results"]


@pytest.mark.parametrize("how", ["refused", "withdrawn"])
def test_after_a_refused_update_the_editor_opens_what_is_published(
    partner_user: User, editor_user: User, how: str
) -> None:
    practice = published(partner_user, editor_user).practice
    assert practice
    update = verbs.start_update(user=partner_user, practice=practice, language="en")
    update.answers |= {"results": "Unreviewed words.", "place": "Elsewhere"}
    update.save()
    send(update)
    if how == "refused":
        review.refuse(task_of(update), by=editor_user, words="Not shown by anything.")
    else:
        verbs.withdraw(update)
    practice = Practice.objects.get(pk=practice.pk)
    assert practice.live
    assert not practice.has_unpublished_changes
    draft = practice.latest_revision.as_object()
    assert (draft.texts.get().results, draft.place) == (ANSWERS["results"], "Ghent")
    assert draft.judgements.count() == 10
    practice.latest_revision.publish(user=editor_user)
    assert practice.texts.get().results == ANSWERS["results"]


def test_a_practice_that_was_never_saved_as_a_revision_survives_a_refused_update(
    partner_user: User, editor_user: User
) -> None:
    practice = PracticeFactory.create(theme=["19"], target=["children"], sector=["citizens"], country=["BE"])
    update = verbs.start_update(user=partner_user, practice=practice, language="en")
    told = {name: ANSWERS[name] for name in ("evidence", "owner_name", "contact_email")}
    update.answers |= told | {"results": "Unreviewed words."}
    update.save()
    send(update)
    review.refuse(task_of(update), by=editor_user, words="No.")
    practice = Practice.objects.get(pk=practice.pk)
    assert practice.latest_revision.as_object().texts.get().results == "Fewer people feel alone."
    assert not practice.has_unpublished_changes


# --- Who may, and what happens out of turn --------------------------------------------------------


def test_only_the_groups_of_the_task_review(partner_user: User, partner: Client, administrator: Client) -> None:
    submission = sent(partner_user)
    outsider = UserFactory.create(is_staff=True)
    give_second_factor(outsider)
    task = EligibilityTask.objects.get()
    assert task.get_actions(submission.practice, outsider) == []
    assert press(partner, submission, "approve").status_code == 403
    assert press(administrator, submission, "invented")["Location"] == "/admin/"
    assert press(administrator, submission, "approve").status_code == 302


def test_a_button_that_was_pressed_already_does_nothing_more(editor: Client, partner_user: User) -> None:
    submission = sent(partner_user)
    old = task_of(submission)
    press(editor, submission, "approve")
    again = reverse(f"{NAMES}:workflow_action", args=[submission.practice_id, "approve", old.pk])
    assert editor.post(again)["Location"] == "/admin/"
    assert submission.events.filter(what="eligible").count() == 1


def test_staff_may_go_on_without_an_answer(editor: Client, partner_user: User) -> None:
    submission = sent(partner_user)
    press(editor, submission, "ask", words="Who pays?")
    edit = reverse(f"{NAMES}:edit", args=[submission.practice_id])
    assert editor.post(edit, edited(submission, **{"action-submit": "1"})).status_code == 302
    submission.refresh_from_db()
    assert submission.status == "submitted"
    assert [event.what for event in submission.events.all()] == ["sent", "question", "resumed"]


def test_a_scheduled_practice_is_told_when_it_can_be_read(partner_user: User, editor_user: User) -> None:
    submission = sent(partner_user)
    review.find_eligible(task_of(submission), by=editor_user)
    judge(submission, editor_user)
    draft = Practice.objects.get().get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision(user=editor_user)
    review.approve(task_of(submission), by=editor_user)
    submission.refresh_from_db()
    assert submission.status == "submitted"
    assert "submission_published" not in mails_to(partner_user)
    scheduled = Practice.objects.get().scheduled_revision
    scheduled.content["go_live_at"] = timezone.now().isoformat()
    scheduled.approved_go_live_at = timezone.now()
    scheduled.save()
    call_command("publish_scheduled")
    submission.refresh_from_db()
    assert submission.status == "published"
    assert mails_to(partner_user)[-1] == "submission_published"


def test_staffs_own_drafts_need_no_review(editor: Client) -> None:
    practice = PracticeFactory.create(live=False)
    page = editor.get(reverse(f"{NAMES}:edit", args=[practice.pk])).content.decode()
    assert "action-publish" in page
    assert "action-submit" not in page


def test_the_workflow_is_set_up_once_and_comes_back(partner_user: User) -> None:
    made = review.workflow()
    assert [type(task.specific) for task in made.tasks] == [EligibilityTask, AssessmentTask]
    assert review.install() == ""
    assert (
        Workflow.objects.count()
        == Workflow.objects.filter(pk=made.pk).count() + Workflow.objects.exclude(pk=made.pk).count()
    )
    made.active = False
    made.save()
    assert sent(partner_user).practice
    assert review.workflow() != made


def test_no_mail_leaves_past_the_outbox(editor: Client, administrator_user: User, partner_user: User) -> None:
    """Wagtail would write to administrators and to who asked for the review, within the request."""
    from django.core import mail

    submission = sent(partner_user)
    press(editor, submission, "approve")
    press(editor, submission, "ask", words="Who?")
    assert mail.outbox == []


def test_each_criterion_of_the_vocabulary_counts() -> None:
    assert len(review.missing_judgements(PracticeFactory.create())) == Term.objects.of("criterion").count() == 10


def test_mails_say_what_they_must_in_text_and_html(partner_user: User, editor_user: User) -> None:
    published(partner_user, editor_user)
    for message in Message.objects.filter(to_email=partner_user.email):
        words = render(message, now=timezone.now())
        assert ANSWERS["title"] in words.subject
        for body in (words.text, words.html):
            assert ANSWERS["title"] in body or "Thank you" in body or "assessed" in body or "read it now" in body
            assert "you submitted this practice" in " ".join(body.split())
            assert "http://localhost:8000/en/practices/" in body
