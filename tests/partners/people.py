"""An organisation with an owner and an editor, and everybody else who might come by."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.users.models import User
from notifications.outbox.models import Message
from partners.organisations.models import Membership, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory
from tests.personas import signed_in


@dataclass
class House:
    """The organisation and its people, each with a client."""

    organisation: Organisation
    owner: User
    editor: User
    owners_client: Client
    editors_client: Client

    def membership_of(self, user: User) -> Membership:
        return Membership.objects.get(organisation=self.organisation, user=user)


@pytest.fixture
def house(db: Any) -> House:
    organisation = OrganisationFactory.create(name="House of Ideas", slug="house", website="https://www.house.example/")
    owner = UserFactory.create(email="owner@house.example", first_name="Olu", last_name="Owner")
    editor = UserFactory.create(email="editor@house.example", first_name="Edi", last_name="Editor")
    Membership.objects.create(organisation=organisation, user=owner, role=Membership.Role.OWNER)
    Membership.objects.create(organisation=organisation, user=editor)
    return House(organisation, owner, editor, signed_in(owner), signed_in(editor))


def address(name: str, *args: Any) -> str:
    with translation.override("en"):
        return reverse(f"partners:{name}", args=args)


def mails(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=f"partners/{kind}").order_by("pk"))


def text(answer: Any) -> str:
    return str(answer.content.decode())
