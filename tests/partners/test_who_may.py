"""Who may what with an organisation: every address of these rooms, by everybody, to look and to send.

An address of `partners` without a line fails. Numbers are statuses; 302 to a stranger leads to signing in.
"""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.users.models import User
from partners.claims.models import Claim
from partners.members import links
from partners.members.models import Invitation
from partners.organisations.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory
from tests.partners.people import House, house
from tests.personas import signed_in
from tests.routes import Route, routes

pytestmark = pytest.mark.django_db
__all__ = ["house"]

ROLES = ("stranger", "signed_in", "removed", "elsewhere", "editor", "owner", "staff")
OPEN = (200,) * 7
ANYBODY = (302, *(200,) * 6)
MEMBERS = (302, 404, 404, 404, 200, 200, 200)
OWNERS = (302, 404, 404, 404, 403, 200, 200)
# GET, and the same sent as a form that is filled in wrong or only confirms.
TABLE: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "directory": (OPEN, (405,) * 7),
    "organisation": (OPEN, (405,) * 7),
    "invitation": (OPEN, (403,) * 7),
    "manage": (MEMBERS, (302, *(405,) * 6)),
    "profile": (MEMBERS, (302, 404, 404, 404, 422, 422, 422)),
    "invite": (OWNERS, (302, 404, 404, 404, 403, 422, 422)),
    "withdraw_invitation": (OWNERS, (302, 404, 404, 404, 403, 302, 302)),
    "member": (OWNERS, (302, 404, 404, 404, 403, 422, 422)),
    "remove": (OWNERS, (302, 404, 404, 404, 403, 302, 302)),
    "leave": ((302, 404, 404, 404, 200, 200, 404), (302, 404, 404, 404, 302, 409, 404)),
    "propose": (ANYBODY, (302, *(422,) * 6)),
    "similar": (ANYBODY, (302, *(405,) * 6)),
    "withdraw_claim": ((302, 404, 404, 200, 404, 404, 404), (302, 404, 404, 302, 404, 404, 404)),
    "claim": ((302, 200, 200, 200, 302, 302, 200), (302, 422, 422, 422, 302, 302, 422)),
    "write": (OPEN, (422,) * 7),
    "written": (OPEN, (405,) * 7),
}


def _routes() -> dict[str, Route]:
    return {each.name.partition(":")[2]: each for each in routes() if each.name.startswith("partners:")}


def test_every_address_of_these_rooms_has_a_line() -> None:
    assert set(_routes()) == set(TABLE)


@pytest.fixture
def clients(house: House, editor_user: User) -> dict[str, Client]:
    removed, elsewhere = UserFactory.create(), UserFactory.create()
    Membership.objects.create(organisation=house.organisation, user=removed, role=Membership.Role.OWNER).delete()
    other = OrganisationFactory.create(slug="other")
    Membership.objects.create(organisation=other, user=elsewhere, role=Membership.Role.OWNER)
    Claim.objects.create(organisation=OrganisationFactory.create(), user=elsewhere, position="x")
    people = (UserFactory.create(), removed, elsewhere, house.editor, house.owner, editor_user)
    return dict(zip(ROLES, (Client(), *map(signed_in, people)), strict=True))


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says(house: House, clients: dict[str, Client], name: str, role: str) -> None:
    invitation = Invitation.objects.create(organisation=house.organisation, email="x@example.org", language="en")
    someone = Membership.objects.create(organisation=house.organisation, user=UserFactory.create())
    values = {
        "slug": "house",
        "uuid": str(invitation.uuid),
        "membership": str(someone.pk),
        "token": links.token_of(invitation),
        "claim": str(Claim.objects.get().pk),
    }
    address = _routes()[name].filled(lambda argument: values[argument])
    looking, sending = (row[ROLES.index(role)] for row in TABLE[name])
    client = clients[role]
    answer = client.get(address)
    assert answer.status_code == looking
    if looking == 302 and role == "stranger":
        assert answer["Location"].startswith(reverse("account_login"))
    assert client.post(address).status_code == sending


def test_nobody_reaches_another_organisation_through_their_own(house: House) -> None:
    """A key of somebody else's row under one's own address is a row that is not there."""
    other = OrganisationFactory.create(slug="other")
    theirs = Membership.objects.create(organisation=other, user=UserFactory.create())
    invitation = Invitation.objects.create(organisation=other, email="x@example.org", language="en")
    for name, argument in (("member", theirs.pk), ("remove", theirs.pk), ("withdraw_invitation", invitation.uuid)):
        address = reverse(f"partners:{name}", args=["house", argument])
        assert house.owners_client.get(address).status_code == 404
        assert house.owners_client.post(address, {"role": "owner"}).status_code == 404
    assert Membership.objects.filter(pk=theirs.pk, role="editor").exists()
    assert Invitation.objects.waiting().filter(pk=invitation.pk).exists()
