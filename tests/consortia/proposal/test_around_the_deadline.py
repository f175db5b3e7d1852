"""Against the running server: 200 proposals and 200 files across the last second of a call."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation

from calls.chain.models import Call, Deadline
from consortia.asked_parts.models import AskedPart
from consortia.consortium.models import Consortium
from consortia.declaration.models import Declaration
from consortia.files.models import FileVersion
from consortia.filling.contents import contents, selection
from consortia.proposal.models import Proposal
from consortia.receipts import clock, verifying
from consortia.receipts.issuing import issue
from consortia.receipts.models import Receipt
from notifications.outbox.models import Message
from tests.consortia.declaration.test_around_the_deadline import Ready, consortia
from tests.consortia.partnering import address
from tests.consortia.proposal.proposing import file_part, filled, text_part
from tests.consortia.running_server import TOKEN, Answer, ask, web
from tests.factories.partners import public_call

SENT = 200
BOUNDARY = "x" * 20
TOO_LATE = re.compile(r"too late by (\d+\.\d+ seconds|\d+\xa0minute)")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def english(set_up_anew: None, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    translation.activate("en")


def declared(call: Call) -> list[Ready]:
    """So many that they get the rows of a declaration, not its mails and log."""
    found, at = consortia(call), clock.now()
    for one in found:
        receipt = issue(Receipt.Kind.DECLARATION, attests={"consortium": {"name": one.consortium.name}}, at=at)
        Declaration.objects.create(consortium=one.consortium, receipt=receipt, declared_at=at)
    Consortium.objects.filter(call=call).update(status=Consortium.Status.DECLARED)
    return found


def a_call() -> Call:
    """Whose proposals are due when the test says so."""
    call = public_call(due_at=timezone.now() + timedelta(days=3))
    due_at = timezone.now() + timedelta(days=9)
    Deadline.objects.create(call=call, label="Submit", due_at=due_at, governs="proposal", has_time=True)
    return call


def across(folder: Path, call: Call, warm: Ready, send: Callable[[int, int], Answer]) -> tuple[list[Answer], datetime]:
    """What each was answered, and the deadline; `send(port, place)` is called from a second before it on."""
    with web(folder, MEDIA_ROOT=str(folder / "media")) as port:
        page = address("proposal", warm.consortium.uuid)
        assert ask(port, "GET", page, cookie=warm.cookie).status == 200
        due_at = clock.now() + timedelta(seconds=1.5)
        Deadline.objects.filter(call=call, governs="proposal").update(due_at=due_at)

        def at_its_moment(place: int) -> Answer:
            moment = due_at + timedelta(seconds=-1 + 1.2 * place / SENT)
            time.sleep(max((moment - timezone.now()).total_seconds(), 0))
            return send(port, place)

        with ThreadPoolExecutor(40) as pool:
            return list(pool.map(at_its_moment, range(SENT))), due_at


def test_each_proposal_has_a_receipt_from_before_the_deadline_or_a_clear_refusal(tmp_path: Path) -> None:
    call = a_call()
    part = text_part(call)
    found = declared(call)
    for one in found:
        filled(one.consortium, part)
    chosen = selection(contents(found[0].consortium))

    def send(port: int, place: int) -> Answer:
        one, fields = found[place], {"csrfmiddlewaretoken": TOKEN, "seen": "", "chosen": chosen}
        return ask(port, "POST", address("submit", one.consortium.uuid), cookie=one.cookie, fields=fields)

    started = time.monotonic()
    answers, due_at = across(tmp_path, call, found[0], send)
    number = sum(_is_submitted(one, answer, due_at) for one, answer in zip(found, answers, strict=True))
    assert 0 < number < SENT, "the deadline has to fall among them"
    assert Proposal.objects.count() == Receipt.objects.filter(kind=Receipt.Kind.PROPOSAL).count() == number
    assert Message.objects.filter(kind="consortia/proposal_submitted").count() == number
    print(f"{number} of {SENT} in time, {time.monotonic() - started:.1f} s")


def _is_submitted(one: Ready, answer: Answer, due_at: datetime) -> bool:
    """Either a receipt of before the deadline or a refusal that says by how much; never both, never neither."""
    receipt = Receipt.objects.filter(proposal__consortium=one.consortium).first()
    if receipt is None:
        assert answer.status == 422, answer
        assert TOO_LATE.search(answer.text), answer.text
        return False
    assert (answer.status, answer.location) == (302, address("proposal_receipt", one.consortium.uuid, receipt.number))
    assert receipt.at < due_at
    assert verifying.by_number(receipt.number).code == verifying.Code.GENUINE
    return True


def test_each_file_is_a_version_from_before_the_deadline_or_clearly_refused(tmp_path: Path) -> None:
    call = a_call()
    part = file_part(call)
    found = declared(call)

    def send(port: int, place: int) -> Answer:
        one = found[place]
        page = address("proposal_part", one.consortium.uuid, part.pk)
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return ask(port, "POST", page, cookie=one.cookie, body=_form(place), kind=kind)

    started = time.monotonic()
    answers, due_at = across(tmp_path, call, found[0], send)
    number = 0
    for place, (one, answer) in enumerate(zip(found, answers, strict=True)):
        number += _is_kept(one, part, answer, due_at, place)
    assert 0 < number < SENT, "the deadline has to fall among them"
    assert FileVersion.objects.count() == number
    print(f"{number} of {SENT} in time, {time.monotonic() - started:.1f} s")


def _form(place: int) -> bytes:
    token = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}\r\n'
    head = 'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf'
    return f"{token}--{BOUNDARY}\r\n{head}\r\n\r\n%PDF-1.7 {place}\r\n--{BOUNDARY}--\r\n".encode()


def _is_kept(one: Ready, part: AskedPart, answer: Answer, due_at: datetime, place: int) -> bool:
    version = FileVersion.objects.filter(file__consortium=one.consortium).first()
    if version is None:
        assert answer.status == 422, answer
        assert TOO_LATE.search(answer.text), answer.text
        return False
    assert (answer.status, answer.location) == (302, address("proposal_part", one.consortium.uuid, part.pk))
    assert version.at < due_at
    with version.content.open() as file:
        assert file.read() == f"%PDF-1.7 {place}".encode()
    return True
