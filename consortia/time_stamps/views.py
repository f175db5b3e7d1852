"""The stamp of a receipt as a file; like the page that verifies the receipt, for whoever knows its number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.public_forms.throttling import allow_guess
from consortia.receipts import numbers
from consortia.receipts.downloads import download
from consortia.time_stamps.asking import REPLY
from consortia.time_stamps.models import ReceiptTimeStamp
from hub.refusals.error_views import too_many


@never_cache
@require_safe
def time_stamp(request: HttpRequest, number: str) -> HttpResponse:
    """What `openssl ts -verify` reads; in it are the hash, which the page shows, the time, and certificates."""
    if not allow_guess(request, "receipt", guess=number):
        return too_many(request)
    found = get_object_or_404(ReceiptTimeStamp.objects.select_related("receipt"), receipt__number=numbers.read(number))
    return download(bytes(found.reply), kind=REPLY, name=f"{found.receipt.number}.tsr")
