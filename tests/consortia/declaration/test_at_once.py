"""Two people at the same moment: one declaration, one receipt, no organisation in two where the call forbids it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone, translation

from accounts.users.models import User
from calls.chain.models import Call
from consortia.consortium.actions import RefusedError, Role
from consortia.consortium.models import Consortium, Member
from consortia.declaration import declaring
from consortia.declaration.models import Declaration
from consortia.drafting import membership
from consortia.receipts.models import Receipt, SigningKey
from consortia.rules.models import CallRules
from consortia.sign_off import versions
from consortia.sign_off.models import SignOff
from notifications.outbox.models import Message
from partners.organisations.models import Membership, Organisation
from tests.consortia.drafts.drafting import Draft, new_draft, organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import public_call

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def english(set_up_anew: None) -> Iterator[None]:
    with translation.override("en"):
        yield


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each answered; a refusal comes back as its words."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            with translation.override("en"):
                return act()
        except RefusedError as refused:
            return str(refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def ready_draft() -> Draft:
    made = new_draft()
    made.make_ready()
    return made


def test_two_owners_of_the_lead_declare_once() -> None:
    draft = ready_draft()
    second = UserFactory.create()
    Membership.objects.create(organisation=draft.lead.organisation, user=second, role="owner")
    people = [draft.people[Role.LEAD_OWNER], second] * 3
    found = at_once(*[lambda by=by: declaring.declare(draft.consortium, by=by).number for by in people])
    assert set(found) == {Receipt.objects.get().number}
    assert Declaration.objects.count() == SigningKey.objects.count() == 1
    mails = Message.objects.filter(kind="consortia/consortium_declared")
    assert mails.count() == mails.values("to_email").distinct().count()


@pytest.mark.parametrize("number", range(3))
def test_declaring_while_a_partner_leaves_ends_as_a_draft_with_nothing_half_done(number: int) -> None:
    draft = ready_draft()
    first, left = at_once(
        lambda: declaring.declare(draft.consortium, by=draft.people[Role.LEAD_OWNER]),
        lambda: membership.leave(draft.consortium, draft.joined, by=draft.people[Role.MEMBER_OWNER]),
    )
    assert left is True
    assert Consortium.objects.get(pk=draft.consortium.pk).status == "draft"
    assert not Declaration.objects.standing().exists()
    if isinstance(first, str):
        assert "has not signed" in first
        assert not Receipt.objects.exists()
    else:
        assert Declaration.objects.get().why == "void"


def _with(call: Call, members: list[tuple[Organisation, User]]) -> Consortium:
    """A consortium that these have signed; the first one leads."""
    made = Consortium.objects.create(call=call, name=f"Of {members[0][0]}", summary={"en": "x"})
    for place, (each, _owner) in enumerate(members):
        Member.objects.create(consortium=made, organisation=each, status="joined", is_lead=place == 0)
    version = versions.renew(made)
    for member in made.members.all():
        SignOff.objects.create(member=member, version=version, is_confirmed=True)
    return made


@pytest.mark.parametrize("number", range(3))
def test_an_organisation_is_in_one_of_two_that_are_declared_at_once(number: int) -> None:
    call = public_call(due_at=timezone.now() + timedelta(days=3))
    CallRules.objects.create(call=call, several=False)
    one, other = ((each, owner) for each, owner, _editor in (organisation("One"), organisation("Other")))
    # Each leads one with the other in it: whoever took them in its own order would wait for ever.
    pair = [(_with(call, [one, other]), one[1]), (_with(call, [other, one]), other[1])]
    found = at_once(*[lambda made=made, by=by: declaring.declare(made, by=by) for made, by in pair])
    assert sorted(isinstance(each, str) for each in found) == [False, True]
    (said,) = [each for each in found if isinstance(each, str)]
    assert "in this call an organisation is in one declaration only" in said
    assert Declaration.objects.standing().count() == Receipt.objects.count() == 1


def test_withdrawn_twice_at_once_it_is_withdrawn_once() -> None:
    draft = ready_draft()
    draft.declare()
    lead = draft.people[Role.LEAD_OWNER]
    found = at_once(*[lambda: declaring.withdraw(draft.consortium, by=lead) for _time in range(4)])
    assert sorted(found) == [False, False, False, True]
    assert Declaration.objects.get().why == "withdrawn"
