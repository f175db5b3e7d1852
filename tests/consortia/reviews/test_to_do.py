"""A reviewer reads on top of "my page" what waits, and hears when a date moves."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from accounts.profile import to_do
from accounts.users.models import User
from calls.moving import deadlines
from notifications.outbox.models import Message
from partners.organisations.models import Membership
from tests.consortia.reviews.reviewing import Round, review

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


def test_who_judges_or_settles_hears_of_another_date(review: Round) -> None:
    row = review.call.deadlines.all()[0]
    reason = {"en": "Later.", "nl": "Later.", "fr": "Plus tard.", "de": "Später."}
    deadlines.move(row, due_at=row.due_at + timedelta(days=7), reason=reason, by=None)
    told = set(Message.objects.filter(kind="calls/deadline_moved").values_list("to_email", flat=True))
    assert {seat.user.email for seat in (review.reviewer, review.chair) if seat.user} <= told
