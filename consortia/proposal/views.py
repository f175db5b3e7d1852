"""The proposal of a consortium: its parts, what is missing, submitting it, and the receipts."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.users.models import User
from consortia.asked_parts.models import AskedPart
from consortia.consortium.acting import actor, seen_by
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.consortium.ways import crumbs
from consortia.proposal import shown, submitting
from consortia.proposal.attested import part_lines
from consortia.proposal.forms import SubmitForm
from consortia.proposal.models import Proposal
from consortia.receipt_copies import copies
from consortia.receipt_copies.copies import Routes
from consortia.receipts import numbers, verifying

RECEIPTS = 20
ROUTES = Routes("consortia:proposal_receipt", "consortia:proposal_pdf", "consortia:proposal_file")


@never_cache
@login_required
@require_safe
def proposal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Each part with how far it is, what counts, and the button."""
    return _overview(request, seen_by(cast(User, request.user), uuid))


@never_cache
@login_required
@require_POST
def submit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the page showed is submitted; refused, the page says what is missing."""
    user = cast(User, request.user)
    found, form = seen_by(user, uuid), SubmitForm(request.POST)
    if not form.is_valid():
        return _overview(request, found, gettext("The form is damaged. Nothing was submitted: submit it from here."))
    try:
        chosen, seen = form.cleaned_data["chosen"], form.cleaned_data["seen"]
        receipt = submitting.submit(found, by=user, chosen=chosen, seen=seen)
    except RefusedError as refused:
        return _overview(request, found, str(refused))
    messages.success(request, gettext("It is submitted. Every partner gets the receipt by mail."))
    return redirect("consortia:proposal_receipt", uuid=uuid, number=receipt.number)


@never_cache
@login_required
@require_safe
def receipt(request: HttpRequest, uuid: UUID, number: str) -> HttpResponse:
    """What was submitted then: each part as it was, with its hash."""
    found, one = _own(request, uuid, number)
    context = copies.facts(one.receipt, ROUTES) | {
        "consortium": found,
        "parts": one.parts.select_related("part", "text", "file"),
        "crumbs": [*crumbs(found), _way(found)],
    }
    return render(request, "consortia/proposal/receipt.html", context)


@never_cache
@login_required
@require_safe
def receipt_pdf(request: HttpRequest, uuid: UUID, number: str) -> HttpResponse:
    """To print and to keep; what is verified is the file."""
    _found, one = _own(request, uuid, number)
    verdict = verifying.by_number(one.receipt.number)
    more = part_lines(verdict.attested) if verdict.attested else []
    return copies.pdf(one.receipt, more=more)


@never_cache
@login_required
@require_safe
def receipt_file(request: HttpRequest, uuid: UUID, number: str) -> HttpResponse:
    """What anybody verifies, here or without the portal."""
    _found, one = _own(request, uuid, number)
    return copies.file(one.receipt)


def _overview(request: HttpRequest, found: Consortium, said: str = "") -> HttpResponse:
    user = cast(User, request.user)
    now = shown.state(found)
    rows = found.proposals.select_related("receipt")
    context = {
        "consortium": found,
        "now": now,
        "said": said,
        "can_fill": not actor(found, user, "fill_part").refusal("fill_part"),
        "refusal": actor(found, user, "submit").refusal("submit"),
        "page_obj": Paginator(rows, RECEIPTS).get_page(request.GET.get("page")),
        "closed": AskedPart.objects.filter(fillings__consortium=found, closed_at__isnull=False),
        "crumbs": crumbs(found),
    }
    return render(request, "consortia/proposal/proposal.html", context, status=422 if said else 200)


def _own(request: HttpRequest, uuid: UUID, number: str) -> tuple[Consortium, Proposal]:
    found = seen_by(cast(User, request.user), uuid)
    rows = Proposal.objects.select_related("receipt__key").filter(consortium=found)
    return found, get_object_or_404(rows, receipt__number=numbers.read(number))


def _way(found: Consortium) -> dict[str, str]:
    return {"title": gettext("Proposal"), "url": reverse("consortia:proposal", args=[found.uuid])}
