"""Who changes a mailbox keeps the conflict by its domain for as long as one counts; no address is kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone, translation

from accounts.colleagues import administration
from accounts.users.models import User
from consortia.conflicts.computing import Conflict, conflicts
from consortia.conflicts.former_mailboxes import forget
from consortia.conflicts.lifting import lift
from consortia.conflicts.models import FormerMailbox, Kind
from consortia.conflicts.words import reason
from consortia.reviewers.models import Reviewer
from notifications.outbox.models import Message
from tests.accounts.mails import code_in
from tests.consortia.reviews.reviewing import Round, person, review
from tests.factories.accounts import PASSWORD, UserFactory
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["review"]
PRIVATE = "rita@private.example"


def _renamed_by_themselves(user: User, administrator: User) -> None:
    """On the page of the account, proved by the code in the mail."""
    client = signed_in(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"action_add": "", "email": PRIVATE})
    client.post("/accounts/confirm-email/", {"code": code_in(Message.objects.latest("pk"))})


def _renamed_by_staff(user: User, administrator: User) -> None:
    old, user.email = user.email, PRIVATE
    user.save()
    administration.replace_address(user, old=old, by=administrator)


def _second_given_up(user: User, administrator: User) -> None:
    User.objects.filter(pk=user.pk).update(email=PRIVATE)
    EmailAddress.objects.get(user=user).remove()


CHANGES = (_renamed_by_themselves, _renamed_by_staff, _second_given_up)


def _of(review: Round, reviewer: Reviewer) -> list[Conflict]:
    return conflicts(review.call, [reviewer], [review.first]).get((reviewer.pk, review.first.pk), [])


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__.strip("_"))
def test_the_domain_counts_although_the_address_changed_before_the_role_was_given(
    review: Round, administrator_user: User, change: Callable[[User, User], None]
) -> None:
    user = UserFactory.create(email="pat@alpha.example")
    change(user, administrator_user)
    user.refresh_from_db()
    assert user.email == PRIVATE
    reviewer = Reviewer.objects.create(call=review.call, user=user)
    (found,) = _of(review, reviewer)
    assert (found.kind, found.partner_name) == (Kind.FORMER_DOMAIN, "Alpha")
    with translation.override("en"):
        assert "Had a mailbox until" in reason(found)
    (kept,) = FormerMailbox.objects.filter(user=user)
    assert kept.domain == "alpha.example"


def test_who_was_invited_under_an_address_keeps_it_although_it_was_never_proved(review: Round) -> None:
    user = person(review.reviewer)
    EmailAddress.objects.filter(user=user).delete()
    FormerMailbox.objects.all().delete()
    for email in ("rita@lab.alpha.example", PRIVATE):
        user.email = email
        user.save()
    assert [each.kind for each in _of(review, review.reviewer)] == [Kind.FORMER_DOMAIN]


def test_a_mailbox_that_is_there_says_more_than_one_that_was_and_is_lifted_apart(review: Round) -> None:
    user = person(review.reviewer)
    FormerMailbox.objects.create(user=user, domain="alpha.example")
    (was,) = _of(review, review.reviewer)
    assert lift(review.reviewer, review.first, was, reason="Long ago.", by=person(review.chair))
    assert not any(each.blocks for each in _of(review, review.reviewer))
    EmailAddress.objects.create(user=user, email="rita@alpha.example")
    assert [(each.kind, each.blocks) for each in _of(review, review.reviewer)] == [(Kind.DOMAIN, True)]


def test_it_is_forgotten_when_its_time_is_over(review: Round) -> None:
    FormerMailbox.objects.create(
        user=person(review.reviewer), domain="alpha.example", until=timezone.now() - timedelta(days=3 * 365 + 1)
    )
    assert _of(review, review.reviewer) == []
    assert forget() == 1


def test_nothing_is_kept_of_a_public_provider_nor_of_an_account_that_is_gone() -> None:
    public, gone = UserFactory.create(email="pat@gmail.com"), UserFactory.create(email="sam@alpha.example")
    EmailAddress.objects.get(user=public).remove()
    gone.email = PRIVATE
    gone.save()
    assert FormerMailbox.objects.get().user == gone
    User.objects.filter(pk=gone.pk).delete()
    assert not FormerMailbox.objects.exists()
