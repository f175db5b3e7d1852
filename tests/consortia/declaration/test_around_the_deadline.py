"""Against the running server: 200 declarations across the last second, and a web machine whose clock is wrong."""

import http.client
import os
import re
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
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
from tests import databases
from tests.browser.stack import Program, wait_for
from tests.consortia.partnering import address
from tests.environment import free_port
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, public_call
from tests.faults.portal import environment
from tests.personas import signed_in

DECLARATIONS, LEADS = 200, 20
TOKEN = "c" * 32
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Ready:
    """A consortium that may be declared, and the session of who leads it."""

    consortium: Consortium
    path: str
    cookie: str


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str


def consortia(call: Call) -> list[Ready]:
    """Each has one organisation, which has signed; ten of each lead."""
    found = []
    for number in range(LEADS):
        lead = OrganisationFactory.create(name=f"Lead {number}")
        person = UserFactory.create()
        Membership.objects.create(organisation=lead, user=person, role=Membership.Role.OWNER)
        session = signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        found += [_one(call, lead, f"Of {number}, {each}", cookie) for each in range(DECLARATIONS // LEADS)]
    return found[::LEADS] + [each for place, each in enumerate(found) if place % LEADS]


def _one(call: Call, lead: Organisation, name: str, cookie: str) -> Ready:
    made = Consortium.objects.create(call=call, name=name, summary={"en": "We try."})
    member = Member.objects.create(consortium=made, organisation=lead, status="joined", is_lead=True)
    SignOff.objects.create(member=member, version=versions.renew(made), is_confirmed=True)
    return Ready(made, address("declare", made.uuid), cookie)


@contextmanager
def web(folder: Path, *, wrong_by: int) -> Iterator[int]:
    """Two workers on the database of the tests."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4"]
    command += ["--no-ws", "--log-level", "warning", "--port", str(port)]
    url = databases.address(os.environ["DATABASE_URL"], str(connection.settings_dict["NAME"]))
    env = environment(
        SITE_URL=f"http://localhost:{port}", DATABASE_URL=url, LOG_LEVEL="ERROR", WRONG_BY=str(wrong_by), REDIS_URL=""
    )
    with Program("web", [*command, "tests.consortia.declaration.wrong_clock:application"], env, folder) as program:

        def answers() -> bool:
            program.check()
            return _ask(port, "GET", "/health/").status == 200

        wait_for("The server answers", answers, seconds=60)
        yield port


def _ask(port: int, method: str, path: str, *, cookie: str = "", fields: dict[str, str] | None = None) -> Answer:
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Host": f"localhost:{port}", "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    headers |= {"X-Forwarded-For": "10.0.0.7", "X-Forwarded-Proto": "http"}
    try:
        door.request(method, path, urlencode(fields or {}), headers)
        answer = door.getresponse()
        return Answer(answer.status, answer.getheader("Location", ""), answer.read().decode())
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, "", repr(error))
    finally:
        door.close()


@pytest.mark.parametrize("wrong_by", [0, 600])
def test_each_has_a_receipt_from_before_the_deadline_or_a_clear_refusal(
    set_up_anew: None, tmp_path: Path, wrong_by: int
) -> None:
    translation.activate("en")
    call = public_call(due_at=timezone.now() + timedelta(days=3))
    found = consortia(call)
    started = time.monotonic()
    with web(tmp_path, wrong_by=wrong_by) as port:
        assert _ask(port, "GET", found[0].path, cookie=found[0].cookie).status == 200
        due_at = clock.now() + timedelta(seconds=1.5)
        Deadline.objects.filter(call=call).update(due_at=due_at)

        def declare(place: int) -> Answer:
            moment = due_at + timedelta(seconds=-1 + 1.2 * place / DECLARATIONS)
            time.sleep(max((moment - timezone.now()).total_seconds(), 0))
            one = found[place]
            return _ask(port, "POST", one.path, cookie=one.cookie, fields={"csrfmiddlewaretoken": TOKEN, "seen": ""})

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
