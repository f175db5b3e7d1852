"""Two people decide about an organisation in the same moment: it keeps an owner, and nothing is there twice."""

from typing import Any

import pytest

from accounts.users.models import User
from partners.claims import claiming
from partners.claims.models import Claim
from partners.members import roles
from partners.members.inviting import OverError, accept, invite, withdraw
from partners.members.models import Invitation
from partners.organisations.models import Membership, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory
from tests.meanwhile import while_uncommitted
from tests.partners.people import mails

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("set_up_anew")]


@pytest.fixture
def organisation(set_up_anew: None) -> Organisation:
    return OrganisationFactory.create()


def _owner(organisation: Organisation) -> tuple[User, Membership]:
    user = UserFactory.create()
    return user, Membership.objects.create(organisation=organisation, user=user, role=Membership.Role.OWNER)


def test_two_owners_who_leave_at_once_leave_one(organisation: Organisation) -> None:
    (one, first), (other, second) = _owner(organisation), _owner(organisation)

    def leave() -> Any:
        try:
            return roles.remove(second, by=other)
        except roles.LastOwnerError:
            return "the last owner"

    assert while_uncommitted(lambda: roles.remove(first, by=one), leave) == "the last owner"
    assert Membership.objects.get().user == other


def test_an_invitation_is_accepted_once_whoever_holds_the_address(organisation: Organisation) -> None:
    owner, _own = _owner(organisation)
    user = UserFactory.create(email="new@example.org")
    asked: dict[str, Any] = {"email": "new@example.org", "role": "editor", "language": "en", "by": owner}
    invitation = invite(organisation, **asked)
    accepted = while_uncommitted(lambda: accept(invitation, by=user), lambda: accept(invitation, by=user))
    assert accepted == Membership.objects.get(user=user)


def test_an_invitation_taken_back_at_this_moment_is_over(organisation: Organisation) -> None:
    owner, _own = _owner(organisation)
    user = UserFactory.create(email="new@example.org")
    invitation = invite(organisation, email="new@example.org", role="editor", language="en", by=owner)

    def come() -> Any:
        try:
            return accept(invitation, by=user)
        except OverError:
            return "over"

    assert while_uncommitted(lambda: withdraw(invitation), come) == "over"
    assert not user.memberships.exists()


def test_two_owners_who_invite_the_same_address_write_one_mail(organisation: Organisation) -> None:
    (one, _first), (other, _second) = _owner(organisation), _owner(organisation)
    asked: dict[str, Any] = {"email": "new@example.org", "role": "editor", "language": "en"}
    while_uncommitted(lambda: invite(organisation, **asked, by=one), lambda: invite(organisation, **asked, by=other))
    assert Invitation.objects.count() == 1
    assert len(mails("invitation")) == 1


def test_the_same_claim_twice_at_once_is_one(organisation: Organisation) -> None:
    user = UserFactory.create()

    def ask() -> Any:
        return claiming.claim(organisation, by=user, position="Coordinator").pk

    first: list[Any] = []
    assert while_uncommitted(lambda: first.append(ask()), ask) == first[0]
    assert Claim.objects.count() == 1
