"""One organisation, one vote per round, by the clock of the database; nobody's vote is lost unseen."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.users.models import User
from learning.questions.keeping import NotPossibleError
from learning.questions.models import Question
from learning.questions.rules import NotAllowedError
from learning.voting import casting, results, rounds
from learning.voting.casting import ChangedError, ClosedError
from learning.voting.models import Choice, Round, Vote
from partners.organisations.models import Membership, Organisation
from tests.factories import learning as make
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory
from tests.meanwhile import while_uncommitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def some(number: int) -> list[Question]:
    return [make.question(f"Question {each}?") for each in range(number)]


def member() -> Membership:
    return MembershipFactory.create(organisation=OrganisationFactory.create(status="listed"), user=UserFactory.create())


def cast(round_: Round, by: Membership, questions: list[Question], *, was: int = 0) -> Vote:
    return casting.cast(round_, organisation=by.organisation, questions=questions, by=by.user, was=was)


def votes() -> dict[str, int]:
    found: Any = results.with_votes(Question.objects.public())
    return {each.slug: each.votes for each in found}


def test_staff_open_one_round_at_a_time(editor_user: User, other_user: User) -> None:
    later = timezone.now() + timedelta(days=3)
    with pytest.raises(NotAllowedError):
        rounds.open_round(until=later, by=other_user)
    with pytest.raises(rounds.PastError):
        rounds.open_round(until=timezone.now() - timedelta(seconds=1), by=editor_user)
    with pytest.raises(rounds.FarError):
        rounds.open_round(until=timezone.now() + timedelta(days=400), by=editor_user)
    opened = rounds.open_round(until=later, by=editor_user)
    assert rounds.open_now() == opened
    with pytest.raises(rounds.OpenError):
        rounds.open_round(until=later, by=editor_user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(until=later)


def test_a_round_whose_time_is_over_makes_room_for_the_next(editor_user: User) -> None:
    old = make.open_round()
    past = timezone.now() - timedelta(days=1)
    Round.objects.filter(pk=old.pk).update(opened_at=past - timedelta(days=5), until=past)
    assert rounds.open_now() is None
    rounds.open_round(until=timezone.now() + timedelta(days=3), by=editor_user)
    old.refresh_from_db()
    assert old.closed_at == past


def test_any_of_its_people_change_its_vote_until_the_round_is_closed(editor_user: User) -> None:
    round_, one, (first, second, third) = make.open_round(), member(), some(3)
    colleague = MembershipFactory.create(organisation=one.organisation, user=UserFactory.create())
    assert cast(round_, one, [first, second]).number == 1
    assert cast(round_, colleague, [third], was=1).by == colleague.user
    assert Vote.objects.count() == 1
    assert set(votes().values()) == {0}
    assert rounds.close(round_, by=editor_user)
    assert not rounds.close(round_, by=editor_user)
    with pytest.raises(ClosedError):
        cast(round_, one, [first], was=2)
    assert votes() == {first.slug: 0, second.slug: 0, third.slug: 1}


def test_the_same_vote_again_changes_nothing() -> None:
    round_, one, chosen = make.open_round(), member(), some(2)
    cast(round_, one, chosen)
    assert cast(round_, one, chosen[::-1]).number == 1


def test_upon_an_older_vote_nothing_is_changed() -> None:
    round_, one, (first, second) = make.open_round(), member(), some(2)
    cast(round_, one, [first])
    with pytest.raises(ChangedError):
        cast(round_, one, [second])
    assert [each.question for each in Choice.objects.all()] == [first]


def test_strangers_and_organisations_outside_the_directory_do_not_vote(other_user: User) -> None:
    round_, one, chosen = make.open_round(), member(), some(1)
    with pytest.raises(NotAllowedError):
        casting.cast(round_, organisation=one.organisation, questions=chosen, by=other_user, was=0)
    one.organisation.status = "hidden"
    one.organisation.save()
    with pytest.raises(NotAllowedError):
        cast(round_, one, chosen)
    assert casting.may_vote_for(one.user) == []


def test_three_at_most_and_only_what_stands_on_the_agenda() -> None:
    round_, one, chosen = make.open_round(), member(), some(4)
    with pytest.raises(NotPossibleError):
        cast(round_, one, chosen)
    Question.objects.filter(pk=chosen[0].pk).update(state="aside", state_note='{"en": "Later."}')
    with pytest.raises(NotPossibleError):
        cast(round_, one, chosen[:1])
    vote = cast(round_, one, chosen[1:])
    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.create(vote=vote, question=chosen[0], place=4)


def test_after_its_time_a_round_takes_nothing_whoever_closed_it_or_not() -> None:
    round_, one, chosen = make.open_round(), member(), some(1)
    past = timezone.now() - timedelta(seconds=1)
    Round.objects.filter(pk=round_.pk).update(opened_at=past - timedelta(days=1), until=past)
    with pytest.raises(ClosedError):
        cast(round_, one, chosen)


def test_results_are_those_of_the_last_round_that_is_over(editor_user: User) -> None:
    (first, second), one = some(2), member()
    early = make.open_round()
    cast(early, one, [first])
    rounds.close(early, by=editor_user)
    late = make.open_round()
    cast(late, one, [second])
    assert votes() == {first.slug: 1, second.slug: 0}
    rounds.close(late, by=editor_user)
    assert votes() == {first.slug: 0, second.slug: 1}
    assert list(results.ranking(early)) == [first]
    assert results.turnout([early, late]) == {early.pk: 1, late.pk: 1}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("set_up_anew")
def test_two_votes_at_once_one_wins_and_the_other_is_told() -> None:
    round_, one, (first, second) = make.open_round(), member(), some(2)
    colleague = MembershipFactory.create(organisation=one.organisation, user=UserFactory.create())

    def other() -> Any:
        try:
            return cast(round_, colleague, [second])
        except ChangedError as changed:
            return changed.vote.number

    assert while_uncommitted(lambda: cast(round_, one, [first]), other) == 1
    assert [each.question for each in Choice.objects.all()] == [first]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("set_up_anew")
def test_a_vote_that_waits_for_the_closing_comes_too_late() -> None:
    round_, one, chosen = make.open_round(), member(), some(1)
    editor = UserFactory.create(is_superuser=True)

    def vote() -> Any:
        try:
            return cast(round_, one, chosen)
        except ClosedError:
            return "closed"

    assert while_uncommitted(lambda: rounds.close(round_, by=editor), vote) == "closed"
    assert not Vote.objects.exists()


def test_votes_of_organisations_that_were_hidden_since_count_no_more(editor_user: User) -> None:
    round_, one, other, (question,) = make.open_round(), member(), member(), some(1)
    for each in (one, other):
        cast(round_, each, [question])
    rounds.close(round_, by=editor_user)
    assert list(votes().values()) == [2]
    Organisation.objects.filter(pk=one.organisation_id).update(status="hidden")
    assert list(votes().values()) == [1]
    assert results.turnout([round_]) == {round_.pk: 1}
    assert [each.votes for each in results.ranking(round_)] == [1]  # type: ignore[attr-defined]  # annotated
    Organisation.objects.update(status="hidden")
    assert not results.ranking(round_).exists()


def test_a_vote_says_since_when_it_is_as_it_is() -> None:
    round_, one, (first, second) = make.open_round(), member(), some(2)
    made = cast(round_, one, [first])
    past = timezone.now() - timedelta(days=2)
    Vote.objects.filter(pk=made.pk).update(at=past)
    cast(round_, one, [first], was=1)
    assert Vote.objects.get().at == past, "nothing was changed"
    cast(round_, one, [second], was=1)
    assert Vote.objects.get().at > past
