"""A reviewer reads on top of "my page" what waits, and hears when a date moves."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from accounts.profile import to_do
from accounts.users.models import User
from calls.chain.models import Call
from calls.moving import deadlines
from consortia.conflicts.reading import state
from consortia.consortium.models import Consortium
from consortia.reviewers.models import Reviewer
from consortia.reviewing import to_do as reviewing_to_do
from consortia.sign_off import versions
from notifications.outbox.models import Message
from partners.organisations.models import Membership
from tests.consortia.reviews.reviewing import Round, person, review

__all__ = ["review"]
pytestmark = pytest.mark.django_db


def texts(user: User | None) -> list[str]:
    assert user is not None
    with override("en"):
        return [task.text for task in to_do.tasks(user, "en")]


def test_what_is_not_handed_in_waits_and_what_a_conflict_keeps_away_does_not(review: Round) -> None:
    assert texts(review.reviewer.user) == ["Judge 2 consortia"]
    review.hand_in(review.reviewer, review.first)
    assert texts(review.reviewer.user) == ["Judge 1 consortium"]
    partner = review.second.members.all()[0].organisation
    assert review.reviewer.user is not None
    Membership.objects.create(organisation=partner, user=review.reviewer.user, role="editor")
    assert texts(review.reviewer.user) == []
    assert texts(review.chair.user) == []


def test_a_chair_is_asked_once_all_judgements_are_there(review: Round) -> None:
    review.hand_in(review.reviewer, review.first)
    assert texts(review.chair.user) == []
    review.hand_in(review.other, review.first)
    assert texts(review.chair.user) == ["Settle what is recommended about 1 consortium"]
    review.settle(review.first)
    assert texts(review.chair.user) == []


def test_a_chair_with_a_conflict_is_not_asked(review: Round) -> None:
    for reviewer in (review.reviewer, review.other):
        review.hand_in(reviewer, review.first)
    state(review.chair, review.first, reason="I know them.")
    assert texts(review.chair.user) == []


def test_who_judges_or_settles_hears_of_another_date(review: Round) -> None:
    row = review.call.deadlines.all()[0]
    reason = {"en": "Later.", "nl": "Later.", "fr": "Plus tard.", "de": "Später."}
    deadlines.move(row, due_at=row.due_at + timedelta(days=7), reason=reason, by=None)
    told = set(Message.objects.filter(kind="calls/deadline_moved").values_list("to_email", flat=True))
    assert {seat.user.email for seat in (review.reviewer, review.chair) if seat.user} <= told


def test_a_withdrawn_call_asks_for_nothing(review: Round) -> None:
    Call.objects.filter(pk=review.call.pk).update(withdrawn_at=timezone.now())
    assert texts(review.reviewer.user) == []


def test_what_is_behind_many_conflicts_is_found(review: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing_to_do, "_TOGETHER", 1)
    state(review.reviewer, review.first, reason="I know them.")
    assert texts(review.reviewer.user) == ["Judge 1 consortium"]


def test_what_waits_for_a_chair_is_found_behind_what_waits_for_others(
    review: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing_to_do, "_TOGETHER", 1)
    for reviewer in (review.reviewer, review.other):
        review.hand_in(reviewer, review.second)
    assert texts(review.chair.user) == ["Settle what is recommended about 1 consortium"]


def test_a_call_is_found_behind_many_in_which_nothing_waits(review: Round) -> None:
    for number in range(to_do.SHOWN):
        Reviewer.objects.create(call=Call.objects.create(title=str(number)), user=person(review.reviewer))
    assert texts(review.reviewer.user) == ["Judge 2 consortia"]


def test_another_text_is_asked_for_again_once_it_is_declared(review: Round) -> None:
    for each in (review.first, review.second):
        review.hand_in(review.reviewer, each)
    assert texts(review.reviewer.user) == []
    Consortium.objects.filter(pk=review.first.pk).update(name="First again")
    versions.renew(Consortium.objects.get(pk=review.first.pk))
    assert texts(review.reviewer.user) == ["Judge 1 consortium"]
