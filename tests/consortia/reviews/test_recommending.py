"""From judgement to release: drafts, what is missing, two at once; nothing is seen before, all of it at one moment."""

import pytest
from django.core.files.base import ContentFile
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.users.models import User
from consortia.conflicts.reading import state
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium, Member
from consortia.outcomes import shown
from consortia.outcomes.models import Outcome, Release
from consortia.recommendation import lists, releasing, settling
from consortia.recommendation.settling import Settled
from consortia.recommendation.side_by_side import table
from consortia.reviewers import appointing
from consortia.reviewers.models import Reviewer
from consortia.reviewing import criteria, judging
from consortia.reviewing.judging import Said
from consortia.reviewing.models import Criterion, Judgement
from consortia.reviewing.progress import lines
from consortia.rules import as_read
from consortia.sign_off import versions
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from partners.organisations.models import Membership
from tests.consortia.reviews.reviewing import LANGUAGES, Round, declared, partner, person, review, reviewer_of
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
__all__ = ["review"]


class TestAppointing:
    def test_who_has_an_account_is_told(self, review: Round, editor_user: User) -> None:
        person = UserFactory.create(email="new@example.org")
        made = appointing.appoint(review.call, email=" New@Example.org ", role="chair", by=editor_user)
        assert (made.user, made.is_chair) == (person, True)
        assert appointing.appoint(review.call, email="new@example.org", role="chair", by=editor_user) == made
        mail = Message.objects.get(kind="consortia/reviewer_appointed")
        assert mail.to_email == "new@example.org"
        assert mail.context["url"] in render(mail, now=timezone.now()).text
        assert "chair the review" in render(mail, now=timezone.now()).text

    def test_who_has_none_is_invited_to_one(self, review: Round, editor_user: User) -> None:
        made = appointing.appoint(
            review.call, email="nobody@example.org", role="reviewer", name="Nora Body", language="fr", by=editor_user
        )
        assert made.user
        assert (made.user.first_name, made.user.last_name, made.user.language) == ("Nora", "Body", "fr")
        kinds = set(Message.objects.filter(to_email="nobody@example.org").values_list("kind", flat=True))
        assert kinds == {"accounts/mail", "consortia/reviewer_appointed"}

    def test_taken_away_it_is_over_and_what_was_handed_in_stays(self, review: Round, editor_user: User) -> None:
        judgement = review.hand_in(review.reviewer, review.first)
        assert appointing.dismiss(review.reviewer, by=editor_user)
        assert not appointing.dismiss(review.reviewer, by=editor_user)
        assert [column.judgement for column in table(review.first).columns] == [judgement, None]
        again = appointing.appoint(review.call, email=person(review.reviewer).email, role="reviewer", by=editor_user)
        assert again.pk == review.reviewer.pk

    def test_an_erased_account_leaves_its_judgement(self, review: Round) -> None:
        review.hand_in(review.reviewer, review.first)
        assert review.reviewer.user
        review.reviewer.user.delete()
        assert Judgement.objects.get().reviewer.user is None
        assert "account is gone" in str(Reviewer.objects.get(pk=review.reviewer.pk))

    def test_so_many_at_once(self, review: Round, editor_user: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(appointing, "MOST", 3)
        with pytest.raises(appointing.TooManyError):
            appointing.appoint(review.call, email="one@more.example", role="reviewer", by=editor_user)
        assert not User.objects.filter(email="one@more.example").exists()


class TestCriteria:
    def test_they_are_frozen_by_the_first_draft(self, review: Round, editor_user: User) -> None:
        facts = {"title": dict.fromkeys(LANGUAGES, "Reach out"), "guidance": {}, "scale": "met"}
        known = review.criteria[1]
        before = criteria.seen(Criterion.objects.get(pk=known.pk))
        criteria.save(review.call, known.pk, facts, before=before, by=editor_user)
        with pytest.raises(as_read.ChangedError):
            criteria.save(review.call, known.pk, facts, before=before, by=editor_user)
        state(review.reviewer, review.first)
        judging.save(review.reviewer, review.first, {}, seen=0)
        now = criteria.seen(Criterion.objects.get(pk=known.pk))
        for change in (
            lambda: criteria.save(review.call, known.pk, facts, before=now, by=editor_user),
            lambda: criteria.save(review.call, None, facts, before={}, by=editor_user),
            lambda: criteria.remove(review.call, known.pk, by=editor_user),
        ):
            with pytest.raises(RefusedError, match="begun to judge"):
                change()


class TestJudging:
    def test_a_draft_counts_for_nothing_until_it_is_handed_in(self, review: Round) -> None:
        state(review.reviewer, review.first)
        first = review.criteria[0]
        judging.save(review.reviewer, review.first, {first.pk: Said(4, "")}, seen=0)
        assert table(review.first).counted == 0
        with pytest.raises(RefusedError, match="missing for: Impact, Reach"):
            judging.save(review.reviewer, review.first, {first.pk: Said(4, "")}, seen=1, hand_in=True)
        judging.save(review.reviewer, review.first, review.said(), seen=1, hand_in=True)
        again = judging.save(review.reviewer, review.first, review.said(), seen=1, hand_in=True)
        assert again.handed_in_at
        with pytest.raises(RefusedError, match="stays as it is"):
            judging.save(review.reviewer, review.first, review.said(1), seen=2)
        assert table(review.first).counted == 1

    def test_an_older_page_does_not_overwrite(self, review: Round) -> None:
        state(review.reviewer, review.first)
        judging.save(review.reviewer, review.first, review.said(2), seen=0)
        with pytest.raises(judging.ChangedError):
            judging.save(review.reviewer, review.first, review.said(1), seen=0)
        assert {each.value for each in Judgement.objects.get().marks.all()} == {2}
        judging.save(review.reviewer, review.first, review.said(2), seen=0)
        judging.save(review.reviewer, review.first, review.said(1), seen=1)
        assert {each.value for each in Judgement.objects.get().marks.all()} == {1}

    def test_who_may_not(self, review: Round) -> None:
        with pytest.raises(RefusedError, match="no conflict"):
            judging.save(review.reviewer, review.first, review.said(), seen=0)
        state(review.chair, review.first)
        with pytest.raises(RefusedError, match="Chairs settle"):
            judging.save(review.chair, review.first, review.said(), seen=0)
        state(review.reviewer, review.first)
        Membership.objects.create(user=person(review.reviewer), organisation=partner("Late"))
        Member.objects.create(
            consortium=review.second, organisation=Membership.objects.latest("pk").organisation, status="joined"
        )
        with pytest.raises(RefusedError, match="no conflict"):
            judging.save(review.reviewer, review.first, review.said(), seen=0)
        Consortium.objects.filter(pk=review.first.pk).update(status="draft")
        with pytest.raises(RefusedError, match="not declared any more"):
            judging.save(review.other, review.first, review.said(), seen=0)


class TestSideBySide:
    def test_what_is_missing_is_missing_and_what_differs_differs(self, review: Round) -> None:
        third = reviewer_of(review.call, "Thea")
        review.hand_in(review.reviewer, review.first, 1)
        review.hand_in(review.other, review.first, 3)
        found = table(review.first)
        assert [str(each) for each in found.missing] == [str(third)]
        assert found.counted == 2
        assert [row.differs for row in found.rows] == [True, True]
        assert [mark.value if mark else None for _column, mark in found.rows[0].cells] == [1, 3, None]
        assert [mark.word if mark else "" for _column, mark in found.rows[1].cells] == ["not met", "met", ""]

    def test_a_conflict_that_came_later_takes_the_judgement_out(self, review: Round) -> None:
        review.hand_in(review.reviewer, review.first, 1)
        state(review.reviewer, review.first, reason="I know them.")
        found = table(review.first)
        assert found.counted == 0
        assert [column.has_conflict for column in found.columns] == [True, False]
        assert [str(each) for each in found.missing] == [str(review.other)]


class TestSettling:
    def test_only_with_a_judgement_and_by_a_chair_without_conflict(self, review: Round) -> None:
        settled = Settled("not", "Too small.")
        with pytest.raises(RefusedError, match="no conflict"):
            settling.settle(review.chair, review.first, settled, seen=0)
        state(review.chair, review.first)
        with pytest.raises(RefusedError, match="Nobody without a conflict"):
            settling.settle(review.chair, review.first, settled, seen=0)
        review.hand_in(review.reviewer, review.first)
        with pytest.raises(RefusedError, match="Only a chair"):
            settling.settle(review.reviewer, review.first, settled, seen=0)
        assert settling.settle(review.chair, review.first, settled, seen=0)
        assert not settling.settle(review.chair, review.first, settled, seen=0)

    def test_two_chairs_are_told_of_each_other(self, review: Round) -> None:
        review.hand_in(review.reviewer, review.first)
        review.settle(review.first)
        second = reviewer_of(review.call, "Cleo", "chair")
        state(second, review.first)
        with pytest.raises(settling.ChangedError) as changed:
            settling.settle(second, review.first, Settled("not", "No."), seen=0)
        assert changed.value.outcome.settled_by == review.chair.user
        assert settling.settle(second, review.first, Settled("not", "No."), seen=changed.value.outcome.revision)
        assert Outcome.objects.get().verdict == "not"


class TestReleasing:
    def _settled(self, review: Round) -> None:
        for consortium, verdict in ((review.first, "conditions"), (review.second, "not")):
            review.hand_in(review.reviewer, consortium)
            review.settle(consortium, verdict)

    def test_refused_while_one_is_unsettled_and_named(self, review: Round, editor_user: User) -> None:
        review.hand_in(review.reviewer, review.first)
        review.settle(review.first)
        with pytest.raises(releasing.UnsettledError) as refused:
            releasing.release(review.call, by=editor_user)
        assert [each.name for each in refused.value.consortia] == ["Second"]
        assert shown.outcome(review.first) is None
        assert not Message.objects.filter(kind="consortia/recommendation_released").exists()

    def test_of_another_text_it_is_settled_anew(self, review: Round, editor_user: User) -> None:
        self._settled(review)
        Consortium.objects.filter(pk=review.first.pk).update(name="First again")
        versions.renew(Consortium.objects.get(pk=review.first.pk))
        assert [each.name for each in releasing.unsettled(review.call)] == ["First again"]

    def test_nothing_declared_nothing_released(self, review: Round, editor_user: User) -> None:
        Consortium.objects.update(status="draft")
        with pytest.raises(releasing.UnsettledError):
            releasing.release(review.call, by=editor_user)
        assert not Release.objects.exists()

    def test_all_at_once_and_sent_twice_once(self, review: Round, editor_user: User) -> None:
        self._settled(review)
        assert releasing.release(review.call, by=editor_user)
        assert not releasing.release(review.call, by=editor_user)
        found = [shown.outcome(each) for each in (review.first, review.second)]
        assert [each.verdict if each else "" for each in found] == ["conditions", "not"]
        mails = Message.objects.filter(kind="consortia/recommendation_released").order_by("to_email")
        assert [each.to_email for each in mails] == [f"owner@{x}.example" for x in ("alpha", "beta", "delta", "gamma")]
        told = render(mails[0], now=timezone.now())
        for each in ("Reasons about First.", "Find a bank.", "recommended with conditions"):
            assert each in told.text, each
            assert each in told.html, each
        assert "Reasons about First." not in render(mails[3], now=timezone.now()).text

    def test_what_is_released_stays(self, review: Round, editor_user: User) -> None:
        self._settled(review)
        releasing.release(review.call, by=editor_user)
        with pytest.raises(RefusedError, match="are released"):
            settling.settle(review.chair, review.first, Settled("not", "No."), seen=1)
        with pytest.raises(RefusedError, match="are released"):
            judging.save(review.other, review.first, review.said(), seen=0)
        with pytest.raises(Error, match="stays as it is"), transaction.atomic():
            Outcome.objects.update(reasons="Other")
        Outcome.objects.update(settled_by=None)

    def test_the_list_as_table_and_pdf(self, review: Round, editor_user: User) -> None:
        Consortium.objects.filter(pk=review.second.pk).update(name="=HYPERLINK(1)")
        versions.renew(Consortium.objects.get(pk=review.second.pk))
        self._settled(review)
        releasing.release(review.call, by=editor_user)
        answer = lists.as_file(review.call, "csv")
        text = b"".join(answer).decode("utf-8-sig")
        lines = text.splitlines()
        assert lines[0] == "name,outcome,partners,reasons,conditions,note"
        assert lines[1] == "First,recommended with conditions,Alpha | Beta,Reasons about First.,Find a bank.,"
        assert lines[2].startswith("'=HYPERLINK(1),not recommended,Gamma | Delta,")
        file = ContentFile(lists.as_pdf(review.call, Release.objects.get()))
        assert file.read(5) == b"%PDF-"


def _more(review: Round, number: int) -> None:
    for each in range(number):
        made = declared(review.call, f"Further {each}", partner(f"Org{each}a"), partner(f"Org{each}b"))
        review.hand_in(review.reviewer, made)
        review.settle(made)


def test_the_number_of_queries_does_not_grow(review: Round, editor_user: User) -> None:
    for each in (review.first, review.second):
        review.hand_in(review.reviewer, each)
        review.settle(each)
    Membership.objects.create(user=person(review.other), organisation=partner("Own"))
    counted = []
    for number in (0, 8):
        _more(review, number)
        consortia = list(Consortium.objects.all())
        with CaptureQueriesContext(connection) as of_list:
            lines(Reviewer.objects.select_related("call", "user").get(pk=review.chair.pk), consortia)
        with CaptureQueriesContext(connection) as of_release, transaction.atomic():
            releasing.release(review.call, by=editor_user)
            transaction.set_rollback(True)
        counted.append((len(of_list), len(of_release)))
    # Not more for more of them; what is remembered in between may be less.
    assert all(after <= before for before, after in zip(*counted, strict=True))
    assert counted[1][0] <= 22
