"""Two at once: chairs settle, one settles while staff release, one lifts twice; nothing is lost, nothing doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from accounts.users.models import User
from consortia.conflicts import lifting
from consortia.conflicts.computing import conflicts
from consortia.conflicts.models import Lifting
from consortia.conflicts.reading import state
from consortia.consortium.actions import RefusedError
from consortia.outcomes.models import Outcome, Release
from consortia.recommendation import releasing, settling
from consortia.recommendation.settling import Settled
from notifications.outbox.models import Message
from tests.consortia.reviews.reviewing import new_round, reviewer_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("set_up_anew")]


def _at_once(*verbs: Callable[[], object]) -> list[object]:
    """What each answers, or what it raises."""
    start = Barrier(len(verbs))

    def run(verb: Callable[[], object]) -> Any:
        start.wait()
        try:
            return verb()
        except (RefusedError, settling.ChangedError, releasing.UnsettledError) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


def test_two_chairs_settle_one_consortium(editor_user: User) -> None:
    review = new_round()
    review.hand_in(review.reviewer, review.first)
    second = reviewer_of(review.call, "Cleo", "chair")
    for chair in (review.chair, second):
        state(chair, review.first)
    answers = _at_once(
        lambda: settling.settle(review.chair, review.first, Settled("recommended", "Yes."), seen=0),
        lambda: settling.settle(second, review.first, Settled("not", "No."), seen=0),
    )
    assert sum(answer is True for answer in answers) == 1
    (changed,) = [each for each in answers if isinstance(each, settling.ChangedError)]
    assert changed.outcome.reasons == Outcome.objects.get().reasons


def test_released_twice_while_a_chair_settles_anew(editor_user: User) -> None:
    review = new_round()
    for each in (review.first, review.second):
        review.hand_in(review.reviewer, each)
        review.settle(each)
    answers = _at_once(
        lambda: releasing.release(review.call, by=editor_user),
        lambda: releasing.release(review.call, by=editor_user),
        lambda: settling.settle(review.chair, review.first, Settled("not", "No."), seen=1),
    )
    assert sorted(map(str, answers[:2])) == ["False", "True"]
    assert Release.objects.count() == 1
    mails = Message.objects.filter(kind="consortia/recommendation_released")
    assert mails.count() == 4
    # Settled in time it is what everybody reads; too late it is refused, and nobody reads it.
    settled = Outcome.objects.get(consortium=review.first)
    told = set(mails.filter(context__consortium="First").values_list("context__reasons", flat=True))
    assert told == {settled.reasons}
    assert (answers[2] is True) == (settled.reasons == "No.")


def test_one_conflict_is_lifted_once() -> None:
    review = new_round()
    state(review.reviewer, review.first, reason="I know them.")
    (found,) = conflicts(review.call, [review.reviewer], [review.first])[review.reviewer.pk, review.first.pk]
    chair = review.chair.user
    assert chair
    answers = _at_once(*[lambda: lifting.lift(review.reviewer, review.first, found, reason="By sight.", by=chair)] * 2)
    assert sorted(map(str, answers)) == ["False", "True"]
    assert Lifting.objects.count() == 1
