"""Against the running server: 200 declarations across the last second, and a web machine whose clock is wrong."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation

from calls.chain.models import Call, Deadline
from consortia.consortium.models import Consortium, Member
from consortia.declaration.models import Declaration
from consortia.receipts import clock, verifying
from consortia.receipts.models import Receipt
from consortia.sign_off import versions
from consortia.sign_off.models import SignOff
from notifications.outbox.models import Message
from partners.organisations.models import Membership, Organisation
from tests.consortia.partnering import address
from tests.consortia.running_server import TOKEN, Answer, ask, cookie_of, web
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, public_call

DECLARATIONS, LEADS = 200, 20
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Ready:
    """A consortium that may be declared, and the session of who leads it."""

    consortium: Consortium
    path: str
    cookie: str


def consortia(call: Call) -> list[Ready]:
    """Each has one organisation, which has signed; ten of each lead."""
    found = []
    for number in range(LEADS):
        lead = OrganisationFactory.create(name=f"Lead {number}")
        person = UserFactory.create()
        Membership.objects.create(organisation=lead, user=person, role=Membership.Role.OWNER)
        found += [_one(call, lead, f"Of {number}, {each}", cookie_of(person)) for each in range(DECLARATIONS // LEADS)]
    return found[::LEADS] + [each for place, each in enumerate(found) if place % LEADS]


def _one(call: Call, lead: Organisation, name: str, cookie: str) -> Ready:
    made = Consortium.objects.create(call=call, name=name, summary={"en": "We try."})
    member = Member.objects.create(consortium=made, organisation=lead, status="joined", is_lead=True)
    SignOff.objects.create(member=member, version=versions.renew(made), is_confirmed=True)
    return Ready(made, address("declare", made.uuid), cookie)


@pytest.mark.parametrize("wrong_by", [0, 600])
def test_each_has_a_receipt_from_before_the_deadline_or_a_clear_refusal(
    set_up_anew: None, tmp_path: Path, wrong_by: int
) -> None:
    translation.activate("en")
    call = public_call(due_at=timezone.now() + timedelta(days=3))
    found = consortia(call)
    started = time.monotonic()
    with web(tmp_path, wrong_by=wrong_by) as port:
        assert ask(port, "GET", found[0].path, cookie=found[0].cookie).status == 200
        due_at = clock.now() + timedelta(seconds=1.5)
        Deadline.objects.filter(call=call).update(due_at=due_at)

        def declare(place: int) -> Answer:
            moment = due_at + timedelta(seconds=-1 + 1.2 * place / DECLARATIONS)
            time.sleep(max((moment - timezone.now()).total_seconds(), 0))
            one = found[place]
            return ask(port, "POST", one.path, cookie=one.cookie, fields={"csrfmiddlewaretoken": TOKEN, "seen": ""})

        with ThreadPoolExecutor(40) as pool:
            answers = list(pool.map(declare, range(DECLARATIONS)))
    declared = sum(_is_declared(one, answer, due_at) for one, answer in zip(found, answers, strict=True))
    assert 0 < declared < DECLARATIONS, "the deadline has to fall among them"
    assert Declaration.objects.count() == Receipt.objects.count() == declared
    assert Message.objects.filter(kind="consortia/consortium_declared").count() == declared
    print(f"{declared} of {DECLARATIONS} in time, {time.monotonic() - started:.1f} s")


def _is_declared(one: Ready, answer: Answer, due_at: Any) -> bool:
    """Either a receipt of before the deadline or a refusal that says by how much; never both, never neither."""
    receipt = Receipt.objects.filter(declaration__consortium=one.consortium).first()
    if receipt is None:
        assert answer.status == 422, answer
        assert re.search(r"too late by (\d+\.\d+ seconds|\d+\xa0minute)", answer.text), answer.text
        assert Consortium.objects.get(pk=one.consortium.pk).status == "draft"
        return False
    assert (answer.status, answer.location) == (302, address("own_receipt", one.consortium.uuid, receipt.number))
    assert receipt.at < due_at
    assert verifying.by_number(receipt.number).code == verifying.Code.GENUINE
    return True
