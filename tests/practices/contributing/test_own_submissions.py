"""Whose a submission is, where they see it, and how it goes away."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.users.models import User
from practices.contributing import submission as verbs
from practices.contributing.steps import STEPS
from practices.practice.models.practice import Practice
from practices.review import decisions
from practices.submissions import files
from practices.submissions.keeping_times import DECIDED, DRAFTS
from practices.submissions.models import Submission
from tests.factories.submissions import ANSWERS, draft, published, send, sent, task_of
from tests.practices.contributing.submitting_pages import address, page_data

pytestmark = pytest.mark.django_db


def test_strangers_find_nothing(partner_user: User, other_partner: Client, editor: Client, visitor: Client) -> None:
    for submission in (draft(partner_user), sent(partner_user)):
        places = [address("submit_step", submission, 1), *(address(name, submission) for name in NAMES)]
        for place in places:
            for client in (other_partner, editor):
                assert client.get(place).status_code == 404
                assert client.post(place, {}).status_code in {404, 405}
            assert visitor.get(place)["Location"].startswith("/accounts/login/")


NAMES = ("submit_check", "submit_files", "submission", "given_answers", "withdraw_submission")


def test_what_is_under_review_cannot_be_changed(partner: Client, partner_user: User) -> None:
    submission = sent(partner_user)
    page = partner.post(address("submit_step", submission, 1), page_data(submission, 1, title="Too late"))
    assert page["Location"] == address("submission", submission)
    submission.refresh_from_db()
    assert submission.title == ANSWERS["title"]


def test_my_page_and_my_practices_tell_where_each_is(partner: Client, partner_user: User) -> None:
    draft(partner_user, title="Half done")
    sent(partner_user, title="On its way")
    for place in ("/en/my/", "/en/practices/mine/"):
        page = partner.get(place).content.decode()
        for words in ("Half done", "Draft", "On its way", "Under review"):
            assert words in page


def test_who_sent_it_rereads_every_answer_also_after_the_decision(
    partner: Client, other_partner: Client, editor: Client, partner_user: User, editor_user: User
) -> None:
    submission = published(partner_user, editor_user)
    where = address("given_answers", submission)
    assert f'href="{where}"' in partner.get(address("submission", submission)).content.decode()
    page = unescape(partner.get(where).content.decode())
    for step in STEPS:
        assert str(step.heading) in page
    for name in ("title", "summary", "what", "results", "needs", "contact_email", "place"):
        if ANSWERS.get(name):
            assert str(ANSWERS[name]).splitlines()[0] in page, name
    assert "<form" not in page.partition("<main")[2].partition("</main")[0], "nothing can be changed there"
    assert {client.get(where).status_code for client in (other_partner, editor)} == {404}
    Submission.objects.filter(pk=submission.pk).update(decided_at=timezone.now() - DECIDED.span * 2)
    verbs.forget_decided()
    assert "Your answers are not here any more" in partner.get(where).content.decode()


def test_a_draft_has_nothing_sent_to_reread(partner: Client, partner_user: User) -> None:
    submission = draft(partner_user)
    assert partner.get(address("given_answers", submission))["Location"] == address("submit_check", submission)


def test_the_lists_cost_the_same_for_many(partner: Client, partner_user: User) -> None:
    counts = []
    for more in (1, 8):
        for _number in range(more):
            sent(partner_user)
        with CaptureQueriesContext(connection) as queries:
            assert partner.get("/en/practices/mine/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_looking_writes_nothing(partner: Client, partner_user: User) -> None:
    submission = draft(partner_user)
    places = [address("submit_step", submission, number) for number in range(1, 6)]
    for place in [*places, *(address(name, submission) for name in NAMES), "/en/practices/submit/"]:
        with CaptureQueriesContext(connection) as queries:
            partner.get(place)
        assert not [each for each in queries if each["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def test_a_draft_is_deleted_and_what_was_sent_is_taken_out_of_the_review(partner: Client, partner_user: User) -> None:
    unsent, submission = draft(partner_user), sent(partner_user)
    assert partner.get(address("withdraw_submission", unsent)).status_code == 200
    assert Submission.objects.filter(pk=unsent.pk).exists()
    for each in (unsent, submission):
        partner.post(address("withdraw_submission", each))
    assert not Submission.objects.filter(pk=unsent.pk).exists()
    submission.refresh_from_db()
    assert submission.status == "withdrawn"
    assert submission.practice
    assert submission.practice.current_workflow_state is None
    assert not submission.practice.live
    assert partner.post(address("withdraw_submission", submission)).status_code == 302


def test_old_drafts_and_answers_are_forgotten(partner_user: User, editor_user: User) -> None:
    abandoned, fresh = draft(partner_user, title="Old"), draft(partner_user, title="New")
    refused = sent(partner_user, title="Refused")
    decisions.refuse(task_of(refused), by=editor_user, words="Not social.")
    now = timezone.now()
    Submission.objects.filter(pk=abandoned.pk).update(changed_at=now - DRAFTS.span * 2)
    Submission.objects.filter(pk=refused.pk).update(decided_at=now - DECIDED.span * 2)
    assert (verbs.forget_drafts(), verbs.forget_decided()) == (1, 1)
    assert (verbs.forget_drafts(), verbs.forget_decided()) == (0, 0)
    assert set(Submission.objects.values_list("title", flat=True)) == {"New", "Refused"}
    refused.refresh_from_db()
    assert (refused.answers, refused.reason) == ({}, "Not social.")
    fresh.refresh_from_db()
    assert fresh.answers


def test_with_the_account_go_its_submissions_but_not_the_practice(partner_user: User, editor_user: User) -> None:
    practice = published(partner_user, editor_user).practice
    assert practice
    partner_user.delete()
    assert not Submission.objects.exists()
    assert Practice.objects.public().filter(pk=practice.pk).exists()


def test_files_whose_account_went_go_within_two_days(partner_user: User) -> None:
    submission = draft(partner_user)
    files.add(submission, upload=SimpleUploadedFile("plan.txt", b"What we do"))
    kept = files.add(draft(partner_user), upload=SimpleUploadedFile("kept.txt", b"Another"))
    stray = submission.files.get().file
    Submission.objects.filter(pk=submission.pk).delete()
    assert files.sweep() == 0, "what was just uploaded may not be committed yet"
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        files.sweep()  # what other tests left goes as well
    assert not stray.storage.exists(str(stray.name))
    assert kept.file.storage.exists(str(kept.file.name))


def test_a_draft_thrown_away_twice_is_gone_once(partner_user: User) -> None:
    thrown = draft(partner_user)
    again = Submission.objects.get(pk=thrown.pk)
    assert verbs.withdraw(thrown)
    assert not verbs.withdraw(again)


def test_what_was_sent_takes_no_more_files_and_loses_none(partner_user: User) -> None:
    closed = draft(partner_user)
    kept = files.add(closed, upload=SimpleUploadedFile("plan.txt", b"What we do"))
    send(closed)
    with pytest.raises(files.ClosedError):
        files.add(closed, upload=SimpleUploadedFile("late.txt", b"Too late"))
    files.take_back(closed, file=kept.uuid)
    assert closed.files.count() == 1
