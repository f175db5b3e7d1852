"""A chair with a conflict sees of that consortium the name and the own conflict, and nothing of what others did."""

import pytest
from django.test import Client

from consortia.conflicts.computing import conflicts
from consortia.conflicts.lifting import key, lift
from consortia.conflicts.models import Lifting
from consortia.conflicts.reading import state
from consortia.reviewing.progress import Step, lines
from tests.consortia.partnering import address, text
from tests.consortia.reviews.reviewing import Round, person, review, reviewer_of
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["review"]
OTHERS, OWN = "Otto knows them.", "My sister works there."


@pytest.fixture
def chair(review: Round) -> Client:
    """Whose conflict is with the first consortium; both are judged and settled, and a reviewer has one with both."""
    for each in (review.first, review.second):
        review.hand_in(review.reviewer, each)
        review.settle(each)
        state(review.other, each, reason=OTHERS)
    state(review.chair, review.first, reason=OWN)
    signed = signed_in(person(review.chair))
    signed.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return signed


def _lift_own(review: Round) -> None:
    (found,) = conflicts(review.call, [review.chair], [review.first])[review.chair.pk, review.first.pk]
    second = reviewer_of(review.call, "Cleo", "chair")
    lift(review.chair, review.first, found, reason="On paper only.", by=person(second))


def test_before_a_chair_has_stated_the_own_conflicts_the_list_tells_no_numbers(review: Round) -> None:
    review.hand_in(review.reviewer, review.first)
    chair = signed_in(person(review.chair))
    chair.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = text(chair.get(address("reviews", review.call.pk)))
    assert "First" in page
    for said in ("Judgements:", "settled"):
        assert said not in page, said
    state(review.chair, review.first)
    page = text(chair.get(address("reviews", review.call.pk)))
    assert page.count("Judgements: 1 of 2") == page.count("Judgements:") == 1


def test_the_list_tells_no_numbers_and_not_whether_it_is_settled(review: Round, chair: Client) -> None:
    first, second = lines(review.chair, [review.first, review.second])
    assert (first.step, first.handed_in, first.expected, first.is_settled) == (Step.CONFLICT, 0, 0, False)
    assert (second.handed_in, second.expected, second.is_settled) == (1, 1, True)
    page = text(chair.get(address("reviews", review.call.pk)))
    assert "First" in page
    for said in ("Judgements: 1 of 1", 'class="tag">settled<'):
        assert page.count(said) == 1, said
    assert "not settled" not in page
    assert "Judgements: 0" not in page
    _lift_own(review)
    assert text(chair.get(address("reviews", review.call.pk))).count("Judgements: 1 of 1") == 2


def test_the_conflicts_of_others_with_it_are_for_another_chair(review: Round, chair: Client) -> None:
    page = text(chair.get(address("review_conflicts", review.call.pk)))
    assert page.count(OTHERS) == 1
    assert page.count(OWN) == 1
    assert page.count("so another chair handles it") == 1
    _lift_own(review)
    page = text(chair.get(address("review_conflicts", review.call.pk)))
    assert page.count(OTHERS) == 2
    assert "so another chair handles it" not in page


def test_no_address_tells_which_conflict_another_one_has(review: Round, chair: Client) -> None:
    (found,) = conflicts(review.call, [review.other], [review.first])[review.other.pk, review.first.pk]
    for which in (key(found), "member-1"):
        page = address("lift_conflict", review.first.uuid, review.other.pk, which)
        for answer in (chair.get(page, follow=True), chair.post(page, {"reason": "Mine now."}, follow=True)):
            assert answer.redirect_chain == [(address("review_conflicts", review.call.pk), 302)]
            assert "You have a conflict with this consortium yourself." in text(answer)
            assert text(answer).count(OTHERS) == 1
    assert not Lifting.objects.exists()
    assert chair.get(address("side_by_side", review.first.uuid)).status_code == 403
