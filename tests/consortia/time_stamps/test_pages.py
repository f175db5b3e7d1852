"""A stamp is shown wherever its receipt is, with what it proves; without one nothing speaks of it."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from consortia.consortium.actions import Role
from consortia.receipt_copies.printing import as_pdf
from consortia.receipts import files
from consortia.receipts.models import Receipt
from consortia.time_stamps.models import PROVES, ReceiptTimeStamp
from tests.consortia.drafts.drafting import Draft, draft
from tests.consortia.partnering import address, text
from tests.personas import signed_in

__all__ = ["draft"]
LANGUAGES = ("nl", "fr", "de", "en")


@pytest.fixture
def receipt(draft: Draft) -> Receipt:
    draft.make_ready()
    return draft.declare()


def stamp(receipt: Receipt) -> None:
    at = datetime(2026, 10, 14, 9, 30, 5, tzinfo=UTC)
    ReceiptTimeStamp.objects.create(receipt=receipt, reply=b"a reply", authority="The <authority>", stamped_at=at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_receipt_shows_it(draft: Draft, receipt: Receipt, language: str) -> None:
    client = signed_in(draft.people[Role.LEAD_OWNER])
    with translation.override(language):
        own = reverse("consortia:own_receipt", args=[draft.consortium.uuid, receipt.number])
        by_number, file = (reverse(f"consortia:{name}", args=[receipt.number]) for name in ("receipt", "time_stamp"))
        proves = str(PROVES)
    for page in (own, by_number):
        assert file not in text(client.get(page))
    stamp(receipt)
    for page in (own, by_number):
        shown = text(client.get(page))
        for said in (proves, "2026-10-14T09:30:05Z", "The &lt;authority&gt;", file, f"-digest {receipt.digest}"):
            assert said in shown, page


def test_it_is_told_of_a_file_and_in_the_pdf(draft: Draft, receipt: Receipt) -> None:
    stamp(receipt)
    upload = BytesIO(files.as_file(receipt))
    upload.name = "receipt.json"
    client = signed_in(draft.people[Role.LEAD_OWNER])
    assert address("time_stamp", receipt.number) in text(client.post(address("verify"), {"file": upload}))
    with translation.override("en"):
        words = " ".join(page.extract_text() for page in PdfReader(BytesIO(as_pdf(receipt))).pages)
    assert "2026-10-14T09:30:05Z, The <authority>" in words
    assert "an authority outside this portal" in " ".join(words.split())


def test_its_file_is_there_for_whoever_knows_the_number(draft: Draft, receipt: Receipt) -> None:
    assert signed_in(draft.people[Role.LEAD_OWNER]).get(address("time_stamp", receipt.number)).status_code == 404
    stamp(receipt)
    answer = signed_in(draft.people[Role.NOBODY]).get(address("time_stamp", receipt.number))
    assert (answer.status_code, answer.content) == (200, b"a reply")
    assert answer["Content-Type"] == "application/timestamp-reply"
    assert answer["Content-Disposition"] == f'attachment; filename="receipt-{receipt.number}.tsr"'
