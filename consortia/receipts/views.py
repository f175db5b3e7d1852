"""Where anybody verifies a receipt, and the list of the keys that receipts are signed with."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.public_forms.throttling import HOUR, allow_guess, allow_visitor
from consortia.receipts import verifying
from consortia.receipts.forms import ReceiptFileForm
from consortia.receipts.models import SigningKey
from consortia.receipts.telling import PROVES, PROVES_NOT, tell, tell_by_number
from consortia.receipts.verifying import Verdict
from hub.refusals.error_views import too_many
from hub.site.models import SiteSettings

KEYS, UPLOADS = 50, 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """By number or by file. Whoever has the file knows what is in it, so all that was signed is shown of it."""
    if typed := request.GET.get("number", "").strip()[:40].replace("/", ""):
        return redirect("consortia:receipt", number=typed)
    if request.method != "POST":
        return _page(request, ReceiptFileForm())
    if not allow_visitor(request, "receipt", limit=UPLOADS, per=HOUR):
        return too_many(request)
    form = ReceiptFileForm(request.POST, request.FILES)
    is_read = form.is_valid()
    return _page(request, form, form.verdict if is_read else None, status=200 if is_read else 422)


@never_cache
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """What a stranger may know of a receipt by its number: number, kind, time, hash and key, and whether it stands.

    While it stands, also what is public then: the names of the consortium and its organisations, and the call. Of one
    that was withdrawn or is void no names are shown: numbers follow each other, and who gave something up is not for
    whoever counts. Who submitted a proposal is told to no stranger before its deadline. The summary, roles and tracks
    that were signed are only in the file, which the partners have.
    """
    if not allow_guess(request, "receipt", guess=number):
        return too_many(request)
    verdict = verifying.by_number(number)
    is_known = verdict.code != verifying.Code.UNKNOWN
    return _page(request, ReceiptFileForm(), verdict, number=number, status=200 if is_known else 404)


@never_cache
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """All public keys, the newest first, with the time of their first use."""
    page = Paginator(SigningKey.objects.all(), KEYS).get_page(request.GET.get("page"))
    crumbs = [{"title": gettext("Verify a receipt"), "url": reverse("consortia:verify")}]
    return render(request, "consortia/receipts/keys.html", {"keys": page, "crumbs": crumbs})


def _page(
    request: HttpRequest, form: ReceiptFileForm, verdict: Verdict | None = None, *, number: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "verdict": verdict, "number": number, "issuer": SiteSettings.load().name}
    context |= {"proves": PROVES, "proves_not": PROVES_NOT}
    if verdict and verdict.attested:
        told = (
            tell_by_number(verdict.attested, verdict.receipt, request.user)
            if number and verdict.receipt
            else tell(verdict.attested, verdict.receipt)
        )
        context |= {"told": told, "lines": told.lines if told.stands or told.is_withheld or not number else []}
    return render(request, "consortia/receipts/verify.html", context, status=status)
