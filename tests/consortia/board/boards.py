"""Consortia of one call at every stage, made in few statements: for what staff see of them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.users.models import User
from calls.chain.models import Call
from consortia.consortium.models import Consortium, Member
from consortia.sign_off import versions
from consortia.sign_off.models import SignOff
from partners.organisations.models import Membership, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, public_call, term


def open_call(**facts: Any) -> Call:
    return public_call(due_at=timezone.now() + timedelta(days=30), **facts)


def owned(name: str, **facts: Any) -> tuple[Organisation, User]:
    """An organisation with one owner."""
    made = OrganisationFactory.create(name=name, **facts)
    person = UserFactory.create(email=f"{name.lower().replace(' ', '-')}@example.org", first_name="Ann", last_name=name)
    Membership.objects.create(organisation=made, user=person, role=Membership.Role.OWNER)
    return made, person


def consortium(call: Call, name: str, *organisations: Organisation, tracks: tuple[str, ...] = (), **facts: Any) -> Any:
    """The first one leads; with the version that they sign."""
    made = Consortium.objects.create(call=call, name=name, summary={"en": f"{name} sums up"}, **facts)
    for number, organisation in enumerate(organisations):
        member = Member.objects.create(consortium=made, organisation=organisation, status="joined", is_lead=number == 0)
        member.tracks.set([term("track", code) for code in tracks])
    versions.renew(made)
    return made


def sign(made: Consortium, organisation: Organisation) -> None:
    """Without the verb: no mail, nothing in the log."""
    member = made.members.get(organisation=organisation)
    SignOff.objects.create(member=member, version=versions.latest(made), is_confirmed=True)


def many(call: Call, number: int) -> Iterator[Consortium]:
    """So many drafts of two organisations each, which nobody has signed; every third hides itself."""
    for place in range(number):
        stem = f"Many {uuid4().hex[:8]}"
        lead, _owner = owned(f"{stem} leads", sector=term("sector", "academia"))
        other, _owner = owned(f"{stem} follows", country=term("country", "FR"))
        shown = "number" if place % 3 == 0 else "names"
        yield consortium(call, stem, lead, other, tracks=("training",), shown_to_centre=shown)


def at(name: str, *args: Any, **asked: Any) -> str:
    """An address of the board."""
    place = reverse(f"consortia_admin_{name}", args=args)
    return f"{place}?{'&'.join(f'{key}={value}' for key, value in asked.items())}" if asked else place


def queries(ask: Any) -> int:
    """How many statements the second time takes; the first fills what pages remember."""
    ask()
    with CaptureQueriesContext(connection) as counted:
        ask()
    return len(counted)
