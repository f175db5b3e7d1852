"""Rivals: to act for one says more than to have acted for it; drafts count while they can be declared, unnamed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ReferenceIndex

from accounts.users.models import User
from consortia.conflicts.computing import Conflict, blocked, conflicts
from consortia.conflicts.lifting import key, lift
from consortia.conflicts.models import Kind, Lifting
from consortia.conflicts.words import reason
from consortia.consortium.models import Consortium, Member
from partners.members.models import FormerMembership
from partners.organisations.models import Membership, Organisation
from tests.consortia.partnering import address, text
from tests.consortia.reviews.reviewing import Round, declared, partner, person, review
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
__all__ = ["review"]


@pytest.fixture
def hidden(review: Round) -> Organisation:
    """Leads a draft that can still be declared."""
    review.call.deadlines.update(due_at=timezone.now() + timedelta(days=3))
    return _draft(review, "Hidden")


def _draft(review: Round, name: str) -> Organisation:
    made = partner(name)
    draft = declared(review.call, f"Draft of {name}", made)
    Consortium.objects.filter(pk=draft.pk).update(status=Consortium.Status.DRAFT)
    return made


def _acts(user: User, organisation: Organisation) -> None:
    Membership.objects.create(user=user, organisation=organisation)


def _acted(user: User, organisation: Organisation) -> None:
    ended = timezone.now() - timedelta(days=90)
    FormerMembership.objects.create(user=user, organisation=organisation, began_at=ended, ended_at=ended)


def _with(review: Round, consortium: Consortium) -> list[Conflict]:
    pair = review.reviewer.pk, consortium.pk
    return conflicts(review.call, [review.reviewer], [review.first, review.second]).get(pair, [])


def _lift(review: Round, consortium: Consortium) -> None:
    (found,) = _with(review, consortium)
    assert lift(review.reviewer, consortium, found, reason="Long ago.", by=person(review.chair))
    assert not blocked(review.call, review.reviewer, consortium)


def test_what_was_lifted_of_a_former_rival_does_not_hold_for_a_rival(review: Round) -> None:
    alpha, user = Organisation.objects.get(name="Alpha"), person(review.reviewer)
    _acted(user, alpha)
    _lift(review, review.second)
    _acts(user, alpha)
    assert [each.kind for each in blocked(review.call, review.reviewer, review.second)] == [Kind.RIVAL]


def test_a_draft_counts_as_long_as_it_can_be_declared(review: Round, hidden: Organisation) -> None:
    _acts(person(review.reviewer), hidden)
    for consortium in (review.first, review.second):
        assert [each.kind for each in _with(review, consortium)] == [Kind.DRAFT]
    review.call.deadlines.update(due_at=timezone.now() - timedelta(seconds=1))
    assert _with(review, review.first) == []


def test_who_is_only_invited_into_a_draft_may_read(review: Round, hidden: Organisation) -> None:
    _acts(person(review.reviewer), hidden)
    Member.objects.filter(organisation=hidden).update(status=Member.Status.INVITED, is_lead=False)
    assert _with(review, review.first) == []


def test_who_lately_acted_for_a_draft_and_acts_for_it_again(review: Round, hidden: Organisation) -> None:
    user = person(review.reviewer)
    _acted(user, hidden)
    assert [each.kind for each in _with(review, review.first)] == [Kind.FORMER_DRAFT]
    _lift(review, review.first)
    _acts(user, hidden)
    assert [each.kind for each in blocked(review.call, review.reviewer, review.first)] == [Kind.DRAFT]


def test_what_was_lifted_of_a_draft_holds_neither_for_another_nor_once_it_is_declared(
    review: Round, hidden: Organisation
) -> None:
    user = person(review.reviewer)
    _acts(user, hidden)
    _lift(review, review.first)
    _acts(user, _draft(review, "Another"))
    assert [each.kind for each in blocked(review.call, review.reviewer, review.first)] == [Kind.DRAFT]
    Consortium.objects.filter(status="draft").update(status=Consortium.Status.DECLARED)
    assert {each.kind for each in blocked(review.call, review.reviewer, review.first)} == {Kind.RIVAL}


def test_what_is_declared_besides_is_told_by_name_and_its_draft_not_at_all(review: Round, hidden: Organisation) -> None:
    """Else the name in the one reason would tell who the other one is about."""
    _acts(person(review.reviewer), hidden)
    Member.objects.create(consortium=review.first, organisation=hidden, status="joined")
    assert [each.kind for each in _with(review, review.first)] == [Kind.MEMBER]
    assert [each.kind for each in _with(review, review.second)] == [Kind.RIVAL]


@pytest.mark.parametrize("history", [_acts, _acted], ids=["acts", "acted"])
def test_no_page_names_the_draft_or_who_is_in_it(review: Round, hidden: Organisation, history: object) -> None:
    assert callable(history)
    history(person(review.reviewer), hidden)
    (found,) = _with(review, review.first)
    client = signed_in(person(review.chair))
    lifting = address("lift_conflict", review.first.uuid, review.reviewer.pk, key(found))
    pages = [client.get(address("review_conflicts", review.call.pk)), client.get(lifting)]
    pages += [signed_in(person(review.reviewer)).get(address("review", review.first.uuid))]
    for page in pages:
        assert "for an organisation in a draft" in text(page)
        assert "Hidden" not in text(page)
    assert lifting in text(pages[0])
    assert str(hidden.pk) not in key(found).split("-")
    assert client.post(lifting, {"reason": "Only on paper."}).status_code == 302
    after = text(client.get(address("review_conflicts", review.call.pk)))
    assert "Only on paper." in after
    assert "Hidden" not in after
    assert "until" not in reason(found)
    # What usage pages of the admin are made of.
    assert not ReferenceIndex.model_is_indexable(Lifting)


def test_more_drafts_and_consortia_take_no_more_queries(review: Round, hidden: Organisation) -> None:
    user = person(review.reviewer)
    _acts(user, hidden)
    with CaptureQueriesContext(connection) as few:
        conflicts(review.call, [review.reviewer], [review.first])
    for name in ("Epsilon", "Zeta"):
        _acts(user, _draft(review, name))
    third = declared(review.call, "Third", partner("Eta"))
    with CaptureQueriesContext(connection) as many:
        conflicts(review.call, [review.reviewer, review.other], [review.first, review.second, third])
    assert len(few) == len(many)
