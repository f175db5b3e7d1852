"""A call with two declared consortia, a reviewer, a second one and a chair, none of whom has a conflict at first."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.users.models import User
from calls.chain.models import Call
from consortia.conflicts.reading import state
from consortia.consortium.models import Consortium, Member
from consortia.outcomes.models import Outcome
from consortia.recommendation import settling
from consortia.recommendation.settling import Settled
from consortia.reviewers.models import Reviewer
from consortia.reviewing import judging
from consortia.reviewing.judging import Said
from consortia.reviewing.models import Criterion, Judgement
from consortia.sign_off import versions
from notifications.outbox.models import Message
from partners.organisations.models import Membership, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, public_call

LANGUAGES = ("nl", "fr", "de", "en")


@dataclass
class Round:
    """The review of a call; `first` and `second` are declared consortia of two partners each."""

    call: Call
    first: Consortium
    second: Consortium
    reviewer: Reviewer
    other: Reviewer
    chair: Reviewer
    criteria: list[Criterion]

    def said(self, value: int | None = 3, reason: str = "Because.") -> dict[int, Said]:
        return {each.pk: Said(value, reason) for each in self.criteria}

    def hand_in(self, reviewer: Reviewer, consortium: Consortium, value: int = 3) -> Judgement:
        state(reviewer, consortium)
        return judging.save(reviewer, consortium, self.said(value), seen=0, hand_in=True)

    def settle(self, consortium: Consortium, verdict: str = "recommended", *, seen: int = 0) -> Outcome:
        state(self.chair, consortium)
        conditions = "Find a bank." if verdict == "conditions" else ""
        settled = Settled(verdict, f"Reasons about {consortium.name}.", conditions)
        settling.settle(self.chair, consortium, settled, seen=seen)
        return Outcome.objects.get(consortium=consortium, released_at=None)


def reviewer_of(call: Call, name: str, role: str = "reviewer", *, email: str = "") -> Reviewer:
    """Somebody with a mailbox at a provider of nobody's."""
    made = UserFactory.create(email=email or f"{name.lower()}@{name.lower()}.example", first_name=name, last_name="R")
    return Reviewer.objects.create(call=call, user=made, role=role)


def person(reviewer: Reviewer) -> User:
    """Whose account is there."""
    assert reviewer.user
    return reviewer.user


def partner(name: str, **facts: Any) -> Organisation:
    """With an owner, whose mailbox is at its own domain."""
    made: Organisation = OrganisationFactory.create(name=name, **facts)
    person = UserFactory.create(email=f"owner@{name.lower()}.example", first_name="Ann", last_name=name)
    Membership.objects.create(organisation=made, user=person, role=Membership.Role.OWNER)
    return made


def declared(call: Call, name: str, *partners: Organisation) -> Consortium:
    made = Consortium.objects.create(
        call=call, name=name, summary={"en": f"{name} sums up"}, status=Consortium.Status.DECLARED, uuid=uuid4()
    )
    for number, each in enumerate(partners):
        Member.objects.create(consortium=made, organisation=each, status="joined", is_lead=number == 0)
    versions.renew(made)
    return made


def owner_of(consortium: Consortium) -> User:
    """Of the organisation that leads."""
    return User.objects.get(
        memberships__organisation__in=consortium.members.filter(is_lead=True).values("organisation")
    )


def new_round() -> Round:
    call = public_call(due_at=timezone.now() - timedelta(days=3))
    first = declared(call, "First", partner("Alpha"), partner("Beta"))
    second = declared(call, "Second", partner("Gamma"), partner("Delta"))
    criteria = [
        Criterion.objects.create(
            call=call, position=place, title=dict.fromkeys(LANGUAGES, title), guidance={}, scale=scale
        )
        for place, (title, scale) in enumerate((("Impact", "five"), ("Reach", "met")), start=1)
    ]
    made = Round(
        call,
        first,
        second,
        reviewer_of(call, "Rita"),
        reviewer_of(call, "Otto"),
        reviewer_of(call, "Chris", "chair"),
        criteria,
    )
    Message.objects.all().delete()
    return made


@pytest.fixture
def review(db: Any) -> Round:
    return new_round()
