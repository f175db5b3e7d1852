"""Two organisations that take part in a call, with their people, and somebody of neither."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest.models import Interest
from consortia.introductions import asking
from consortia.introductions.models import Introduction
from notifications.outbox.models import Message
from partners.organisations.models import Membership, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.matching import interest
from tests.factories.partners import public_call
from tests.personas import signed_in


@dataclass
class Party:
    """An organisation with its interest and one who acts for it."""

    interest: Interest
    organisation: Organisation
    person: User
    client: Client


@dataclass
class Meeting:
    """A call with two parties; `asks` will ask `asked`."""

    call: Call
    asks: Party
    asked: Party

    def ask(self, message: str = "Shall we?") -> Introduction:
        return asking.ask(
            self.call,
            on_behalf_of=self.asks.organisation,
            to=self.asked.organisation,
            message=message,
            by=self.asks.person,
        )


def party(call: Call, name: str, **told: Any) -> Party:
    """An interested organisation with one member, `ann@<name>.example`."""
    made = interest(call, name, told)
    assert made.organisation is not None
    person = UserFactory.create(email=f"person@{name.lower()}.example", first_name="Ann", last_name=f"Of{name}")
    Membership.objects.create(organisation=made.organisation, user=person, role=Membership.Role.OWNER)
    return Party(made, made.organisation, person, signed_in(person))


@pytest.fixture
def meeting(db: Any) -> Meeting:
    return new_meeting()


def new_meeting() -> Meeting:
    """In a call that goes on for a month."""
    call = public_call(due_at=timezone.now() + timedelta(days=30))
    return Meeting(call, party(call, "Asks"), party(call, "Asked"))


def address(name: str, *args: Any) -> str:
    with translation.override("en"):
        return reverse(f"consortia:{name}", args=args)


def mails(kind: str) -> dict[str, Message]:
    """By receiver."""
    return {mail.to_email: mail for mail in Message.objects.filter(kind=f"consortia/introduction_{kind}")}


def text(answer: Any) -> str:
    return str(answer.content.decode())
