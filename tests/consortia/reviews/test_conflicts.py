"""Conflicts of interest: whose history gives which reasons; as new as the partners are; lifted one by one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import Error, connection, transaction
from django.utils import timezone

from accounts.users.models import User
from consortia.conflicts.computing import Conflict, blocked, conflicts
from consortia.conflicts.lifting import lift
from consortia.conflicts.models import Kind, Lifting
from consortia.conflicts.reading import reading, state
from consortia.conflicts.words import reason
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium, Member
from consortia.introductions.models import Introduction
from consortia.sign_off import versions
from partners.members import roles
from partners.members.former import forget
from partners.members.models import FormerMembership
from partners.merging import relations
from partners.organisations.models import Membership, Organisation
from tests.consortia.reviews.reviewing import Round, declared, partner, review, reviewer_of
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, public_call

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
__all__ = ["review"]


def _named(name: str) -> Organisation:
    return Organisation.objects.get(name=name)


def _joins(name: str) -> Callable[[User], object]:
    return lambda user: Membership.objects.create(user=user, organisation=_named(name))


def _left(name: str, *, years: float) -> Callable[[User], object]:
    ended = timezone.now() - timedelta(days=365 * years)
    return lambda user: FormerMembership.objects.create(
        user=user, organisation=_named(name), began_at=ended - timedelta(days=400), ended_at=ended
    )


def _mailbox(email: str) -> Callable[[User], object]:
    return lambda user: User.objects.filter(pk=user.pk).update(email=email)


def _second_mailbox(email: str) -> Callable[[User], object]:
    """Which the account holds besides, unproved."""
    return lambda user: EmailAddress.objects.create(user=user, email=email, verified=False)


def _types_at(name: str, email: str, *, verified: bool) -> Callable[[User], object]:
    """Somebody of that organisation adds this address to the own account."""

    def history(user: User) -> object:
        person = _named(name).memberships.all()[0].user
        return EmailAddress.objects.create(user=person, email=email, verified=verified)

    return history


def _introduced(asks: str, asked: str, status: str = "accepted") -> Callable[[User], object]:
    """Own is an organisation that the person acts for and that is in no consortium."""

    def history(user: User) -> object:
        own = OrganisationFactory.create(name="Own")
        Membership.objects.create(user=user, organisation=own)
        return Introduction.objects.create(
            call=public_call(title="An earlier call"),
            from_organisation=_named(asks),
            to_organisation=_named(asked),
            message="Hello",
            status=status,
            answered_at=timezone.now() if status in {"accepted", "declined"} else None,
        )

    return history


def _several(*histories: Callable[[User], object]) -> Callable[[User], object]:
    return lambda user: [each(user) for each in histories]


FIRST, SECOND = "First", "Second"
# A person's history, and by consortium the kinds of reasons with the partner that they come from.
CASES: dict[str, tuple[Callable[[User], object], dict[str, set[str]]]] = {
    "nothing": (lambda user: None, {}),
    "acts for a partner": (_joins("Alpha"), {FIRST: {"member Alpha"}, SECOND: {"rival Alpha"}}),
    "left two years ago": (_left("Alpha", years=2), {FIRST: {"former Alpha"}, SECOND: {"former_rival Alpha"}}),
    "left four years ago": (_left("Alpha", years=4), {}),
    "left and came back": (
        _several(_left("Alpha", years=1), _joins("Alpha")),
        {FIRST: {"member Alpha"}, SECOND: {"rival Alpha"}},
    ),
    "acts for partners of both": (
        _several(_joins("Beta"), _joins("Gamma")),
        {FIRST: {"member Beta", "rival Gamma"}, SECOND: {"member Gamma", "rival Beta"}},
    ),
    "mailbox at a partner's people": (_mailbox("rita@alpha.example"), {FIRST: {"domain Alpha"}}),
    "mailbox below the domain": (_mailbox("rita@lab.alpha.example"), {FIRST: {"domain Alpha"}}),
    "mailbox at its website": (_mailbox("rita@site.example"), {SECOND: {"domain Delta"}}),
    "mailbox at its own mailbox": (_mailbox("rita@box.example"), {SECOND: {"domain Gamma"}}),
    "a partner's person proved one there": (
        _several(_mailbox("rita@uni.example"), _types_at("Alpha", "p@uni.example", verified=True)),
        {FIRST: {"domain Alpha"}},
    ),
    "a partner's person only typed one there": (
        _several(_mailbox("rita@uni.example"), _types_at("Alpha", "p@uni.example", verified=False)),
        {},
    ),
    "a second mailbox, unproved": (_second_mailbox("rita@alpha.example"), {FIRST: {"domain Alpha"}}),
    "a name that only ends alike": (_mailbox("rita@notalpha.example"), {}),
    "a registry above both": (_mailbox("rita@other.co.uk"), {}),
    "a public provider": (_mailbox("rita@gmail.com"), {}),
    "asked a partner and it said yes": (_introduced("Own", "Alpha"), {FIRST: {"introduction Alpha"}}),
    "was asked by a partner": (_introduced("Delta", "Own"), {SECOND: {"introduction Delta"}}),
    "was declined": (_introduced("Own", "Alpha", "declined"), {}),
    "waits for an answer": (_introduced("Own", "Alpha", "waiting"), {}),
}


@pytest.mark.parametrize("case", CASES)
def test_whose_history_gives_which_reasons(review: Round, case: str) -> None:
    Organisation.objects.filter(name="Delta").update(website="https://www.site.example/about")
    Organisation.objects.filter(name="Gamma").update(email="info@box.example")
    for name, email in (("Beta", "someone@gmail.com"), ("Gamma", "someone@firm.co.uk")):
        Membership.objects.create(organisation=_named(name), user=UserFactory.create(email=email))
    history, expected = CASES[case]
    user = review.reviewer.user
    assert user
    history(user)
    found = conflicts(review.call, [review.reviewer, review.other], [review.first, review.second])
    names = {review.first.pk: FIRST, review.second.pk: SECOND}
    told = {
        names[consortium]: {f"{each.kind} {each.partner_name}" for each in of}
        for (reviewer, consortium), of in found.items()
        if reviewer == review.reviewer.pk
    }
    assert told == expected
    assert not any(reviewer == review.other.pk for reviewer, _consortium in found)


def _only(review: Round, consortium: Consortium | None = None) -> list[Conflict]:
    about = consortium or review.first
    return conflicts(review.call, [review.reviewer], [about]).get((review.reviewer.pk, about.pk), [])


def test_every_reason_is_told_in_words(review: Round) -> None:
    user = review.reviewer.user
    assert user
    _joins("Alpha")(user)
    _left("Beta", years=1)(user)
    _mailbox("rita@alpha.example")(user)
    state(review.reviewer, review.first, reason="My sister works there.")
    said = " ".join(reason(each) for each in _only(review))
    for each in ("Acts for the partner Alpha.", "Acted for the partner Beta until", "alpha.example", "My sister"):
        assert each in said, each
    (rival, lately) = (reason(each) for each in _only(review, review.second))
    assert "Alpha, a partner in “First”" in rival
    assert "Acted until" in lately


def test_two_mailboxes_at_a_public_provider_have_nothing_in_common(review: Round) -> None:
    Membership.objects.create(organisation=_named("Alpha"), user=UserFactory.create(email="a@outlook.com"))
    Organisation.objects.filter(name="Alpha").update(email="alpha@outlook.com", website="https://outlook.com/alpha")
    reviewer = reviewer_of(review.call, "Pat", email="pat@outlook.com")
    assert conflicts(review.call, [reviewer], [review.first, review.second]) == {}


def test_who_leaves_an_organisation_is_remembered_for_three_years(review: Round) -> None:
    user = review.reviewer.user
    assert user
    membership = Membership.objects.create(user=user, organisation=_named("Alpha"))
    roles.remove(membership, by=user)
    assert [each.kind for each in _only(review)] == [Kind.FORMER]
    FormerMembership.objects.update(ended_at=timezone.now() - timedelta(days=3 * 365 + 1))
    assert _only(review) == []
    assert forget() == 1


def test_what_goes_with_an_account_or_an_organisation_is_not_remembered(review: Round) -> None:
    user, gone = UserFactory.create(), OrganisationFactory.create()
    Membership.objects.create(user=user, organisation=_named("Alpha"))
    Membership.objects.create(user=UserFactory.create(), organisation=gone)
    user.delete()
    gone.delete()
    assert not FormerMembership.objects.exists()


def test_what_was_remembered_goes_over_to_the_profile_that_stays(review: Round) -> None:
    user, twin = review.reviewer.user, OrganisationFactory.create(name="Alpha twin")
    assert user
    FormerMembership.objects.create(user=user, organisation=twin, began_at=timezone.now())
    for relation in relations.relations():
        relations.move(relation, kept=_named("Alpha"), gone=twin)
    assert [each.partner_name for each in _only(review)] == ["Alpha"]


def test_other_partners_other_conflicts(review: Round) -> None:
    user = review.reviewer.user
    assert user
    _joins("Alpha")(user)
    review.first.members.filter(organisation__name="Alpha").update(is_lead=False, status=Member.Status.LEFT)
    assert _only(review) == []
    assert _only(review, review.second) == []
    Member.objects.create(consortium=review.second, organisation=_named("Alpha"), status="joined")
    assert [each.kind for each in _only(review, review.second)] == [Kind.MEMBER]


def test_a_consortium_that_is_not_declared_is_no_rival(review: Round) -> None:
    user = review.reviewer.user
    assert user
    _joins("Alpha")(user)
    Consortium.objects.filter(pk=review.first.pk).update(status=Consortium.Status.DRAFT)
    assert _only(review, review.second) == []
    other = declared(public_call(title="Another call"), "Elsewhere", partner("Epsilon"), _named("Alpha"))
    assert _only(review, review.second) == []
    assert other.call_id != review.call.pk


def test_before_reading_one_says_that_there_is_no_other(review: Round) -> None:
    assert not reading(review.reviewer, review.first).may_read
    assert state(review.reviewer, review.first)
    assert not state(review.reviewer, review.first)
    assert reading(review.reviewer, review.first).may_read
    assert not reading(review.reviewer, review.second).may_read
    assert not reading(review.other, review.first).may_read


def test_of_another_text_it_is_said_anew(review: Round) -> None:
    state(review.reviewer, review.first)
    Member.objects.create(consortium=review.first, organisation=partner("Zeta"), status="joined")
    versions.renew(review.first)
    assert not reading(review.reviewer, review.first).may_read


def test_what_a_reviewer_declares_blocks_after_having_read(review: Round) -> None:
    state(review.reviewer, review.first)
    assert state(review.reviewer, review.first, reason="We quarrelled.")
    assert not state(review.reviewer, review.first, reason="We quarrelled.")
    assert reading(review.reviewer, review.first).is_blocked


def test_a_lifted_conflict_is_of_that_kind_with_that_partner(review: Round) -> None:
    user, chair = review.reviewer.user, review.chair.user
    assert user
    assert chair
    _joins("Alpha")(user)
    (found,) = _only(review)
    assert lift(review.reviewer, review.first, found, reason="Long ago.", by=chair)
    assert not lift(review.reviewer, review.first, found, reason="Again.", by=chair)
    assert blocked(review.call, review.reviewer, review.first) == []
    assert [each.kind for each in blocked(review.call, review.reviewer, review.second)] == [Kind.RIVAL]
    _joins("Beta")(user)
    assert [each.partner_name for each in blocked(review.call, review.reviewer, review.first)] == ["Beta"]
    _mailbox("rita@alpha.example")(user)
    assert {each.kind for each in blocked(review.call, review.reviewer, review.first)} == {Kind.MEMBER, Kind.DOMAIN}


def test_what_was_lifted_goes_over_to_the_profile_that_stays(review: Round) -> None:
    user, chair = review.reviewer.user, review.chair.user
    assert user
    assert chair
    _joins("Alpha")(user)
    lift(review.reviewer, review.first, _only(review)[0], reason="Long ago.", by=chair)
    kept = OrganisationFactory.create(name="Alpha and more")
    for relation in relations.relations():
        relations.move(relation, kept=kept, gone=_named("Alpha"))
    assert [(each.partner_name, each.blocks) for each in _only(review)] == [("Alpha and more", False)]


def test_each_declared_conflict_is_lifted_by_itself(review: Round) -> None:
    chair = review.chair.user
    assert chair
    state(review.reviewer, review.first, reason="One.")
    lift(review.reviewer, review.first, _only(review)[0], reason="Small.", by=chair)
    assert blocked(review.call, review.reviewer, review.first) == []
    state(review.reviewer, review.first, reason="Two.")
    assert [each.detail for each in blocked(review.call, review.reviewer, review.first)] == ["Two."]


def test_who_may_lift(review: Round) -> None:
    user, chair, other = review.reviewer.user, review.chair.user, review.other.user
    assert user
    assert chair
    assert other
    _joins("Alpha")(user)
    _joins("Beta")(chair)
    second = reviewer_of(review.call, "Cleo", "chair")
    assert second.user
    elsewhere = reviewer_of(public_call(title="Another call"), "Ella", "chair")
    assert elsewhere.user
    (found,) = _only(review)
    mine = conflicts(review.call, [review.chair], [review.first])[review.chair.pk, review.first.pk][0]
    for who, whose, conflict, said in (
        (other, review.reviewer, found, "Only a chair"),
        (UserFactory.create(is_superuser=True), review.reviewer, found, "Only a chair"),
        (elsewhere.user, review.reviewer, found, "Only a chair"),
        (chair, review.chair, mine, "of their own"),
        (chair, review.reviewer, found, "yourself"),
    ):
        with pytest.raises(RefusedError, match=said):
            lift(whose, review.first, conflict, reason="Please.", by=who)
    assert not Lifting.objects.exists()
    assert lift(review.chair, review.first, mine, reason="Only a board member.", by=second.user)
    assert lift(review.reviewer, review.first, found, reason="Only a volunteer.", by=chair)


def test_nobody_alters_what_was_lifted(review: Round) -> None:
    user, chair = review.reviewer.user, review.chair.user
    assert user
    assert chair
    _joins("Alpha")(user)
    lift(review.reviewer, review.first, _only(review)[0], reason="Long ago.", by=chair)
    for change in ({"reason": "Other"}, {"kind": "domain"}, {"by": user}):
        with pytest.raises(Error, match="stays as it is"), transaction.atomic():
            Lifting.objects.update(**change)
    Lifting.objects.update(by=None)
    with pytest.raises(Error, match="stays as long"):
        _delete_liftings()
    review.first.delete()
    _check_what_is_deferred()


def _delete_liftings() -> None:
    with transaction.atomic():
        Lifting.objects.all().delete()
        _check_what_is_deferred()


def _check_what_is_deferred() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
