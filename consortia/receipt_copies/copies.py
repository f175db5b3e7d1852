"""The copies of a receipt that partners get: its page, the PDF, and the file that anybody verifies."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from consortia.receipt_copies.printing import as_pdf
from consortia.receipts import files, verifying
from consortia.receipts.downloads import download
from consortia.receipts.models import Receipt
from consortia.receipts.telling import PROVES, PROVES_NOT, tell


@dataclass(frozen=True)
class Routes:
    """The names of the addresses of a kind of receipt; each takes the consortium and the number."""

    page: str
    pdf: str
    file: str


def facts(receipt: Receipt, routes: Routes) -> dict[str, Any]:
    """For the page of a receipt; `attested` is None where the copy here does not fit its signature."""
    attested = verifying.by_number(receipt.number).attested
    return {
        "receipt": receipt,
        "routes": routes,
        "attested": attested,
        "told": tell(attested, receipt) if attested else None,
        "proves": PROVES,
        "proves_not": PROVES_NOT,
    }


def pdf(receipt: Receipt, *, more: Iterable[tuple[str, str]] = ()) -> HttpResponse:
    """To print and to keep; what is verified is the file. `more` lines stand below what is attested."""
    return download(as_pdf(receipt, more=more), kind="application/pdf", name=f"{receipt.number}.pdf")


def file(receipt: Receipt) -> HttpResponse:
    """What anybody verifies, here or without the portal."""
    return download(files.as_file(receipt), kind="application/json", name=f"{receipt.number}.json")
