"""Verbs that write to some and then to others: two of them in opposite order end, both with all their mails."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.core import context
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from accounts.users.models import User
from consortia.consortium.models import Consortium, Member
from consortia.drafting import membership
from consortia.sign_off import answering, versions
from consortia.sign_off.models import SignOff
from partners.organisations.models import Membership, Organisation
from tests.consortia.declaration.test_at_once import at_once
from tests.consortia.drafts.drafting import organisation
from tests.factories.partners import public_call

pytestmark = pytest.mark.django_db(transaction=True)
Verb = Callable[[Consortium, Member], Any]


@pytest.fixture(autouse=True)
def english(set_up_anew: None) -> Iterator[None]:
    with translation.override("en"):
        yield


def _consortium(call: Any, *organisations: Organisation, **status: str) -> Consortium:
    """The first one leads; all who take part have signed."""
    made = Consortium.objects.create(call=call, name="Together", summary={"en": "We try."})
    for number, each in enumerate(organisations):
        Member.objects.create(
            consortium=made, organisation=each, status=status.get(each.name, "joined"), is_lead=number == 0
        )
    versions.renew(made)
    for member in made.members.filter(status="joined"):
        SignOff.objects.create(member=member, version=versions.latest(made), is_confirmed=True)
    return made


def _owner(found: Organisation) -> User:
    return Membership.objects.get(organisation=found, role=Membership.Role.OWNER).user


def _remove(made: Consortium, about: Member) -> Any:
    return membership.remove(made, about, by=_owner(made.members.get(is_lead=True).organisation))


def _withdraw(made: Consortium, about: Member) -> Any:
    return membership.withdraw_invitation(made, about, by=_owner(made.members.get(is_lead=True).organisation))


def _hand_over(made: Consortium, about: Member) -> Any:
    return membership.hand_over(made, about, by=_owner(made.members.get(is_lead=True).organisation))


@pytest.mark.parametrize(
    ("verb", "status"),
    [(_remove, "joined"), (_withdraw, "invited"), (_hand_over, "joined")],
    ids=["remove", "withdraw_invitation", "hand_over"],
)
def test_what_is_done_about_each_other_in_two_consortia(verb: Verb, status: str) -> None:
    """Each asks the one anew who has signed, and tells the other who has not: the other way round in the other."""
    call = public_call()
    lead, *others = [organisation(name)[0] for name in ("Lead", "Alpha", "Beta")]
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    def act(made: Consortium, about: Organisation) -> Any:
        with context.request_context(request):
            return verb(made, made.members.get(organisation=about))

    for _time in range(4):
        pairs = [(_consortium(call, lead, *others, **{each.name: status}), each) for each in others]
        SignOff.objects.filter(member__in=[made.members.get(organisation=each) for made, each in pairs]).delete()
        assert at_once(*[lambda made=made, each=each: act(made, each) for made, each in pairs]) == [True, True]


def test_two_are_invited_and_decline_in_two_consortia() -> None:
    call = public_call()
    first, second, third = (organisation(name)[0] for name in ("First", "Second", "Third"))
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    def invite(lead: Organisation, signed: Organisation, asked: Organisation) -> Any:
        made = _consortium(call, lead, signed)
        with context.request_context(request):
            return membership.invite(made, asked, by=_owner(lead))

    def decline(lead: Organisation, signed: Organisation, asked: Organisation) -> Any:
        made = _consortium(call, lead, signed, asked, **{asked.name: "invited"})
        with context.request_context(request):
            own = made.members.get(organisation=asked)
            return answering.decline(made, own, reason="No.", by=_owner(asked))

    for verb in (invite, decline) * 3:
        both = [(first, second, third), (second, first, third)], [(first, second, third), (first, third, second)]
        for pairs in both:
            assert at_once(*[lambda verb=verb, pair=pair: verb(*pair) for pair in pairs]) == [True, True]
