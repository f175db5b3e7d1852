"""A draft: who leads it, who takes part, who is invited, each with an owner and an editor; and a stranger."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.users.models import User
from calls.chain.models import Call
from consortia.consortium.actions import Role
from consortia.consortium.models import Consortium, Member
from consortia.declaration import declaring
from consortia.drafting import beginning, membership
from consortia.receipts.models import Receipt
from consortia.sign_off import answering, versions
from notifications.outbox.models import Message
from partners.organisations.models import Membership, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.matching import interest
from tests.factories.partners import OrganisationFactory, public_call


@dataclass
class Draft:
    """The draft, its members, and one person for each role of the table."""

    call: Call
    consortium: Consortium
    lead: Member
    joined: Member
    invited: Member
    people: dict[Role, User]

    def sign(self, member: Member, role: Role) -> bool:
        number = versions.latest(self.consortium).number
        return answering.confirm(self.consortium, member, number=number, by=self.people[role])

    def make_ready(self) -> None:
        """The invitation is taken back, and both who take part sign what is left."""
        self.refresh()
        membership.withdraw_invitation(self.consortium, self.invited, by=self.people[Role.LEAD_OWNER])
        self.sign(self.lead, Role.LEAD_OWNER)
        self.sign(self.joined, Role.MEMBER_OWNER)
        Message.objects.all().delete()

    def declare(self) -> Receipt:
        return declaring.declare(self.consortium, by=self.people[Role.LEAD_OWNER])

    def refresh(self) -> None:
        self.consortium = Consortium.objects.get(pk=self.consortium.pk)

    def status(self, member: Member) -> str:
        return str(Member.objects.get(pk=member.pk).status)

    def is_signed(self, member: Member) -> bool:
        return next(each.is_signed for each in versions.standings(self.consortium) if each.member.pk == member.pk)


def organisation(name: str, **facts: Any) -> tuple[Organisation, User, User]:
    """With an owner and an editor, `owner@<name>.example` and `editor@<name>.example`."""
    made = OrganisationFactory.create(name=name, **facts)
    return made, *people(made)


def people(made: Organisation) -> tuple[User, User]:
    found = []
    for role in (Membership.Role.OWNER, Membership.Role.EDITOR):
        person = UserFactory.create(email=f"{role}@{made.name.lower()}.example", first_name="Ann", last_name=made.name)
        Membership.objects.create(organisation=made, user=person, role=role)
        found.append(person)
    return found[0], found[1]


def new_draft() -> Draft:
    call = public_call(due_at=timezone.now() + timedelta(days=30))
    lead = interest(call, "Lead", {"tracks": ["training"]}).organisation
    assert lead is not None
    lead_people = people(lead)
    joined, *joined_people = organisation("Joined")
    invited, *invited_people = organisation("Invited")
    made = beginning.begin(call, lead, key=uuid4(), name="Together", summary={"en": "We try."}, by=lead_people[0])
    for other in (joined, invited):
        membership.invite(made, other, by=lead_people[0])
    of = {each.organisation.name: each for each in made.members.select_related("organisation", "consortium__call")}
    everybody = [*lead_people, *joined_people, *invited_people, UserFactory.create()]
    draft = Draft(call, made, of["Lead"], of["Joined"], of["Invited"], dict(zip(Role, everybody, strict=True)))
    draft.sign(draft.joined, Role.MEMBER_OWNER)
    Message.objects.all().delete()
    return draft


@pytest.fixture
def draft(db: Any) -> Draft:
    return new_draft()


def mailed(kind: str) -> set[str]:
    """Who get a mail of this kind that was not taken back."""
    found = Message.objects.filter(kind=f"consortia/{kind}").exclude(status=Message.Status.WITHDRAWN)
    return set(found.values_list("to_email", flat=True))
