"""While a question waits for its answer, staff can refuse all the same, in one go and with a mail."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from accounts.users.models import User
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from practices.contributing import submission as verbs
from practices.practice.models.practice import Practice
from practices.review.models import EligibilityTask
from practices.review.refusal_screen import address
from practices.submissions.models import Submission
from tests.factories.accounts import UserFactory
from tests.factories.submissions import ANSWERS, published, send, sent
from tests.personas import give_second_factor, signed_in
from tests.practices.review.review_buttons import NAMES, mails_to, press

pytestmark = pytest.mark.django_db


def edit_page(client: Client, submission: Submission) -> str:
    return client.get(reverse(f"{NAMES}:edit", args=[submission.practice_id])).content.decode()


def test_refused_with_a_reason_while_nobody_answers(editor: Client, partner: Client, partner_user: User) -> None:
    submission = sent(partner_user)
    place = address(submission)
    assert f'href="{place}"' not in edit_page(editor, submission), "the review's own button does it"
    press(editor, submission, "ask", words="Who pays?")
    inspect = reverse("wagtailsnippets_practices_submission:inspect", args=[submission.pk])
    for page in (edit_page(editor, submission), editor.get(inspect).content.decode()):
        assert page.count(f'href="{place}"') == 1
    assert "Who pays?" in editor.get(place).content.decode()

    empty = editor.post(place, {"words": "  "})
    assert empty.status_code == 422
    submission.refresh_from_db()
    assert submission.status == "questions"
    assert editor.post(place, {"words": "Nobody answered in a month."}).status_code == 302
    submission.refresh_from_db()
    assert (submission.status, submission.reason) == ("refused", "Nobody answered in a month.")
    assert [event.what for event in submission.events.all()] == ["sent", "question", "refused"]
    assert mails_to(partner_user)[-1] == "submission_refused"
    mail = render(Message.objects.get(kind="practices/submission_refused"), now=timezone.now())
    assert "Nobody answered in a month." in mail.text
    practice = Practice.objects.get()
    assert (practice.live, practice.current_workflow_state) == (False, None)
    assert not TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exists()
    assert "Nobody answered in a month." in partner.get(f"/en/practices/mine/{submission.uuid}/").content.decode()
    assert f'href="{place}"' not in edit_page(editor, submission)


def test_an_update_that_is_refused_unanswered_leaves_the_page_and_its_draft(
    editor: Client, partner_user: User, editor_user: User, visitor: Client
) -> None:
    practice = published(partner_user, editor_user).practice
    assert practice
    update = verbs.start_update(user=partner_user, practice=practice, language="en")
    update.answers["results"] = "Unreviewed words."
    update.save()
    press(editor, send(update), "ask", words="Since when?")
    editor.post(address(update), {"words": "No answer."})
    practice = Practice.objects.get(pk=practice.pk)
    assert practice.get_latest_revision_as_object().texts.get().results == ANSWERS["results"]
    assert not practice.has_unpublished_changes
    assert ANSWERS["results"] in visitor.get(f"/en/practices/{practice.slug}/").content.decode()


@pytest.mark.parametrize("what", ["answered", "withdrawn"])
def test_what_came_meanwhile_is_read_first(editor: Client, partner_user: User, what: str) -> None:
    submission = sent(partner_user)
    press(editor, submission, "ask", words="Who pays?")
    if what == "answered":
        send(submission, reply="The city.")
    else:
        verbs.withdraw(submission)
    page = editor.post(address(submission), {"words": "Written at length."})
    assert page.status_code == 409
    assert "It was answered, taken back or decided meanwhile." in page.content.decode()
    assert "Written at length." in page.content.decode(), "nothing is lost"
    submission.refresh_from_db()
    assert submission.status == ("submitted" if what == "answered" else "withdrawn")
    assert not submission.reason


def test_only_who_reviews_refuses(partner: Client, visitor: Client, editor: Client, partner_user: User) -> None:
    submission = sent(partner_user)
    press(editor, submission, "ask", words="Who pays?")
    for task in EligibilityTask.objects.all():
        task.groups.clear()
    user = UserFactory.create(is_staff=True)
    give_second_factor(user)
    outsider = signed_in(user)
    for client in (visitor, partner, outsider, editor):
        assert client.post(address(submission), {"words": "No."}).status_code in {302, 403, 404}
    submission.refresh_from_db()
    assert submission.status == "questions"
    assert f'href="{address(submission)}"' not in edit_page(editor, submission)
