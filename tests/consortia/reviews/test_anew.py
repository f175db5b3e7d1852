"""What was judged, settled and released is about one text: of another one it is done anew, and told anew."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.users.models import User
from calls.chain.models import Call, Deadline
from consortia.board.stages import recommended
from consortia.conflicts.reading import state
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium, Member
from consortia.outcomes import shown
from consortia.outcomes.models import Outcome, Release
from consortia.recommendation import lists, releasing
from consortia.recommendation.side_by_side import table
from consortia.reviewers import appointing
from consortia.reviewing import judging
from consortia.reviewing.models import Judgement
from consortia.reviewing.progress import Step, lines
from consortia.sign_off import versions
from notifications.outbox.models import Message
from partners.organisations.models import Membership
from tests.consortia.partnering import address, text
from tests.consortia.reviews.reviewing import Round, owner_of, partner, person, review, reviewer_of
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
__all__ = ["review"]
KIND = "consortia/recommendation_released"


@pytest.fixture
def settled(review: Round) -> Round:
    for each in (review.first, review.second):
        review.hand_in(review.reviewer, each)
        review.settle(each)
    return review


def _becomes(consortium: Consortium, status: str) -> None:
    Consortium.objects.filter(pk=consortium.pk).update(status=status)


def _declares_anew(consortium: Consortium) -> None:
    """With one partner less and another one."""
    consortium.members.filter(is_lead=False).update(status=Member.Status.LEFT)
    Member.objects.create(consortium=consortium, organisation=partner("Zeta"), status="joined")
    versions.renew(Consortium.objects.get(pk=consortium.pk))


def _rows(call: Call) -> list[tuple[str, list[str], bool]]:
    return [(each.name, each.partners, each.stands) for each in lists.lines(call)]


class TestWhatIsReleased:
    def test_what_withdrew_before_the_release_is_told_nothing(self, settled: Round, editor_user: User) -> None:
        _becomes(settled.first, "draft")
        assert releasing.release(settled.call, by=editor_user)
        assert shown.outcome(settled.first) is None
        assert _rows(settled.call) == [("Second", ["Gamma", "Delta"], True)]
        assert Message.objects.filter(kind=KIND, context__consortium="First").count() == 0
        _becomes(settled.first, "declared")
        assert list(recommended(settled.call)) == [settled.second]
        assert releasing.release(settled.call, by=editor_user)
        assert shown.outcome(settled.first)
        assert not releasing.release(settled.call, by=editor_user)
        assert Message.objects.filter(kind=KIND).count() == 4

    def test_of_another_text_nothing_is_shown_and_the_list_says_what_it_is_about(
        self, settled: Round, editor_user: User
    ) -> None:
        releasing.release(settled.call, by=editor_user)
        _declares_anew(settled.first)
        assert shown.outcome(settled.first) is None
        assert list(recommended(settled.call)) == [settled.second]
        assert _rows(settled.call) == [("First", ["Alpha", "Beta"], False), ("Second", ["Gamma", "Delta"], True)]
        answer: Any = lists.as_file(settled.call, "csv")
        assert "This is about version 1, which is not declared any more." in b"".join(answer).decode()
        assert lists.as_pdf(settled.call, Release.objects.get()).startswith(b"%PDF-")
        page = text(signed_in(owner_of(settled.first)).get(address("consortium", settled.first.uuid)))
        assert "Reasons about First." not in page

    def test_it_is_judged_settled_and_released_anew_for_itself_alone(self, settled: Round, editor_user: User) -> None:
        releasing.release(settled.call, by=editor_user)
        _declares_anew(settled.first)
        Message.objects.all().delete()
        with pytest.raises(releasing.UnsettledError):
            releasing.release(settled.call, by=editor_user)
        state(settled.reviewer, settled.first)
        judging.save(settled.reviewer, settled.first, settled.said(1), seen=1, hand_in=True)
        settled.settle(settled.first, "not")
        assert releasing.release(settled.call, by=editor_user)
        told = set(Message.objects.filter(kind=KIND).values_list("to_email", flat=True))
        assert told == {"owner@alpha.example", "owner@zeta.example"}
        assert [each.verdict for each in settled.first.outcomes.order_by("version")] == ["recommended", "not"]
        assert not Outcome.objects.filter(released_at=None).exists()
        assert _rows(settled.call)[1] == ("First", ["Alpha", "Zeta"], True)
        with pytest.raises(RefusedError, match="are released"):
            settled.settle(settled.first, "recommended", seen=1)

    def test_only_after_the_deadline_and_not_of_a_withdrawn_call(self, settled: Round, editor_user: User) -> None:
        soon = timezone.now() + timedelta(hours=1)
        closes, call = Deadline.objects.filter(call=settled.call), Call.objects.filter(pk=settled.call.pk)
        closes.update(due_at=soon)
        with pytest.raises(RefusedError, match="can declare until"):
            releasing.release(settled.call, by=editor_user)
        closes.update(governs="", due_at=soon)
        with pytest.raises(RefusedError, match="call is open"):
            releasing.release(settled.call, by=editor_user)
        closes.update(governs="declaration", due_at=timezone.now() - timedelta(days=1))
        call.update(withdrawn_at=timezone.now())
        with pytest.raises(RefusedError, match="withdrawn"):
            releasing.release(settled.call, by=editor_user)
        assert not Release.objects.exists()
        call.update(withdrawn_at=None)
        assert releasing.release(settled.call, by=editor_user)


class TestJudgements:
    def test_one_of_an_earlier_text_counts_no_more_and_is_opened_again(self, review: Round) -> None:
        review.hand_in(review.reviewer, review.first, 2)
        _declares_anew(review.first)
        assert table(review.first).counted == 0
        (of_chair,) = lines(review.chair, [review.first])
        assert (of_chair.handed_in, of_chair.expected) == (0, 2)
        state(review.reviewer, review.first)
        (own,) = lines(review.reviewer, [review.first])
        assert own.step == Step.DRAFT
        client, page = signed_in(person(review.reviewer)), address("review", review.first.uuid)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        assert "about version 1 and does not count any more" in text(client.get(page))
        assert client.get(address("side_by_side", review.first.uuid)).status_code == 403
        opened = judging.save(review.reviewer, review.first, review.said(2), seen=1)
        assert opened.handed_in_at is None
        assert {each.value for each in opened.marks.all()} == {2}
        judging.save(review.reviewer, review.first, review.said(2), seen=2, hand_in=True)
        assert table(review.first).counted == 1
        with pytest.raises(RefusedError, match="stays as it is"):
            judging.save(review.reviewer, review.first, review.said(1), seen=3)

    def test_handed_in_unchanged_it_is_of_the_new_text(self, review: Round) -> None:
        review.hand_in(review.reviewer, review.first, 2)
        _declares_anew(review.first)
        state(review.reviewer, review.first)
        judging.save(review.reviewer, review.first, review.said(2), seen=1, hand_in=True)
        assert Judgement.objects.get().version == 2


class TestWhoIsGone:
    def test_a_declared_conflict_stays_when_the_account_is_erased(self, review: Round) -> None:
        review.hand_in(review.reviewer, review.first)
        state(review.reviewer, review.first, reason="I know them.")
        person(review.reviewer).delete()
        columns = {column.reviewer.pk: column for column in table(review.first).columns}
        assert columns[review.reviewer.pk].has_conflict
        assert table(review.first).counted == 0

    def test_what_cannot_be_known_does_not_count(self, review: Round) -> None:
        review.hand_in(review.reviewer, review.first)
        Membership.objects.create(
            user=person(review.reviewer), organisation=review.first.members.get(is_lead=True).organisation
        )
        person(review.reviewer).delete()
        found = table(review.first)
        assert found.counted == 0
        assert [str(each) for each in found.missing] == [str(review.other)]
        assert lines(review.chair, [review.first])[0].handed_in == 0

    def test_of_who_was_dismissed_conflicts_count_in_the_list_as_in_the_table(
        self, review: Round, editor_user: User
    ) -> None:
        third = reviewer_of(review.call, "Thea")
        for each in (review.reviewer, third):
            review.hand_in(each, review.first)
            appointing.dismiss(each, by=editor_user)
        state(review.reviewer, review.first, reason="I know them.")
        (line,) = lines(review.chair, [review.first])
        assert (line.handed_in, line.expected) == (1, 2)
        assert table(review.first).counted == line.handed_in
