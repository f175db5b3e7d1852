"""The receipt as a PDF, in the reader's language."""

from collections.abc import Iterable
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from consortia.receipts import verifying
from consortia.receipts.models import Receipt
from consortia.receipts.telling import PROVES, PROVES_NOT, tell
from consortia.time_stamps.models import ReceiptTimeStamp
from hub.dates.words import moment
from hub.pdf import typesetting
from hub.site.models import SiteSettings

TEMPLATE = "consortia/receipt_copies/receipt.typ"


def as_pdf(receipt: Receipt, *, more: Iterable[tuple[str, str]] = ()) -> bytes:
    """What was taken in of whom and when, the hash, and where anybody verifies it; `more` lines stand below."""
    site = SiteSettings.load()
    attested = verifying.by_number(receipt.number).attested
    told = tell(attested, receipt) if attested else None
    lines = [*(told.lines if told else []), *more]
    stamps = ReceiptTimeStamp.objects.filter(receipt=receipt)
    context = {
        "title_line": gettext("Receipt"),
        "lead": told.title if told else "",
        "facts": [
            [gettext("Number"), receipt.number],
            [gettext("Time"), moment(receipt.at)],
            [gettext("Time to the microsecond, in UTC"), attested["time"] if attested else ""],
            *([label, value] for label, value in lines),
            [gettext("SHA-256"), receipt.digest],
            [gettext("Key"), receipt.key_id],
            *([gettext("Time stamp"), f"{stamp.written}, {stamp.authority}"] for stamp in stamps),
            [gettext("Issued by"), site.name],
        ],
        "proves": [str(PROVES), str(PROVES_NOT), *(stamp.proves for stamp in stamps)],
        "verify": gettext("Anybody can verify this receipt at"),
        "address": urljoin(settings.SITE_URL, reverse("consortia:receipt", args=[receipt.number])),
        "issuer": site.name,
        "foot": ", ".join([site.name, *filter(None, map(str.strip, site.address.splitlines()))]),
    }
    title = f"{gettext('Receipt')}: {receipt.number}"
    return typesetting.render(TEMPLATE, context, language=get_language() or "en", title=title)
