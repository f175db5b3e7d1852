"""Nothing from outside goes live past its review, and what happens out of turn."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow

from accounts.users.models import User
from hub.vocabularies.models import Term
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from practices.admin import bulk_changes
from practices.contributing import submission as verbs
from practices.practice.models.practice import Practice
from practices.review import decisions, workflow
from practices.review.models import AssessmentTask, EligibilityTask
from tests.factories.accounts import UserFactory
from tests.factories.practices import PracticeFactory
from tests.factories.submissions import ANSWERS, judge, published, send, sent, task_of
from tests.personas import give_second_factor
from tests.practices.review.review_buttons import NAMES, edited, mails_to, press

pytestmark = pytest.mark.django_db


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
    decisions.find_eligible(task_of(update), by=editor_user)
    decisions.approve(task_of(update), by=editor_user)
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
        decisions.refuse(task_of(update), by=editor_user, words="Not shown by anything.")
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
    decisions.refuse(task_of(update), by=editor_user, words="No.")
    practice = Practice.objects.get(pk=practice.pk)
    assert practice.latest_revision.as_object().texts.get().results == "Fewer people feel alone."
    assert not practice.has_unpublished_changes


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
    decisions.find_eligible(task_of(submission), by=editor_user)
    judge(submission, editor_user)
    draft = Practice.objects.get().get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision(user=editor_user)
    decisions.approve(task_of(submission), by=editor_user)
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
    made = workflow.workflow()
    assert [type(task) for task in made.tasks.specific()] == [EligibilityTask, AssessmentTask]
    assert workflow.install() == ""
    assert (
        Workflow.objects.count()
        == Workflow.objects.filter(pk=made.pk).count() + Workflow.objects.exclude(pk=made.pk).count()
    )
    made.active = False
    made.save()
    assert sent(partner_user).practice
    assert workflow.workflow() != made


def test_no_mail_leaves_past_the_outbox(editor: Client, administrator_user: User, partner_user: User) -> None:
    """Wagtail would write to administrators and to who asked for the review, within the request."""
    from django.core import mail

    submission = sent(partner_user)
    press(editor, submission, "approve")
    press(editor, submission, "ask", words="Who?")
    assert mail.outbox == []


def test_each_criterion_of_the_vocabulary_counts() -> None:
    assert len(decisions.missing_judgements(PracticeFactory.create())) == Term.objects.of("criterion").count() == 10


def test_mails_say_what_they_must_in_text_and_html(partner_user: User, editor_user: User) -> None:
    published(partner_user, editor_user)
    for message in Message.objects.filter(to_email=partner_user.email):
        words = render(message, now=timezone.now())
        assert ANSWERS["title"] in words.subject
        for body in (words.text, words.html):
            assert ANSWERS["title"] in body or "Thank you" in body or "assessed" in body or "read it now" in body
            assert "you submitted this practice" in " ".join(body.split())
            assert "http://localhost:8000/en/practices/" in body


@pytest.mark.parametrize("end", ["refused", "withdrawn"])
def test_what_was_refused_or_withdrawn_is_published_by_nothing(
    end: str, partner_user: User, editor_user: User, editor: Client
) -> None:
    submission = sent(partner_user)
    if end == "refused":
        decisions.refuse(task_of(submission), by=editor_user, words="It is no social innovation.")
    else:
        verbs.withdraw(submission)
    practice = Practice.objects.get()
    with pytest.raises(PermissionDenied):
        practice.latest_revision.publish(user=editor_user)
    assert bulk_changes.publish([practice], by=editor_user) == 0
    page = editor.get(reverse(f"{NAMES}:edit", args=[practice.pk])).content.decode()
    assert "action-publish" not in page
    assert "action-submit" not in page
    chosen = f"/admin/bulk/practices/practice/publish/?id={practice.pk}"
    reason = {"refused": "was refused", "withdrawn": "took it back"}[end]
    assert reason in editor.get(chosen).content.decode()
    assert not Practice.objects.filter(live=True).exists()


def test_what_is_under_review_is_not_deleted(partner_user: User, administrator: Client) -> None:
    submission = sent(partner_user)
    one = reverse(f"{NAMES}:delete", args=[submission.practice_id])
    several = f"/admin/bulk/practices/practice/delete/?id={submission.practice_id}"
    for address in (one, several):
        for answer in (administrator.get(address, follow=True), administrator.post(address, follow=True)):
            assert "that has to end before it can be deleted" in answer.content.decode()
    assert Practice.objects.filter(pk=submission.practice_id).exists()
