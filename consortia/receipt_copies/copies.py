"""The copies of a receipt that partners get: its page, the PDF, and the file that anybody verifies."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import pgettext

from consortia.receipt_copies.printing import as_pdf
from consortia.receipts import files, verifying
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
    return _download(as_pdf(receipt, more=more), "application/pdf", f"{receipt.number}.pdf")


def file(receipt: Receipt) -> HttpResponse:
    """What anybody verifies, here or without the portal."""
    return _download(files.as_file(receipt), "application/json", f"{receipt.number}.json")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    # Translators: the beginning of a file's name; small letters and hyphens.
    stem = pgettext("name of a file", "receipt")
    headers = {"Content-Disposition": f'attachment; filename="{stem}-{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=kind, headers=headers)
