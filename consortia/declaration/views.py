"""Declaring, withdrawing, and the receipt: for the people of the organisations in it."""

import json
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.users.models import User
from consortia.consortium.acting import actor, seen_by
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.consortium.ways import crumbs
from consortia.declaration import declaring
from consortia.declaration.deadline import closing
from consortia.declaration.models import Declaration
from consortia.declaration.readiness import readiness
from consortia.interest.emails import call_words
from consortia.receipt_copies import copies
from consortia.receipt_copies.copies import Routes
from consortia.receipts import numbers
from consortia.receipts.models import Receipt
from consortia.receipts.telling import tell
from consortia.sign_off import text, versions

ROUTES = Routes("consortia:own_receipt", "consortia:receipt_pdf", "consortia:receipt_file")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What is declared, what still fails, the rule of time, and the button."""
    user = cast(User, request.user)
    found, said = seen_by(user, uuid), ""
    if request.method == "POST":
        try:
            receipt = declaring.declare(found, by=user, seen=request.POST.get("seen"))
        except RefusedError as refused:
            said = str(refused)
        else:
            _say(request, receipt)
            return redirect("consortia:own_receipt", uuid=uuid, number=receipt.number)
    version = versions.latest(found)
    facts = {
        "closing": closing(found.call),
        "said": said,
        "readiness": readiness(found, versions.standings(found), by=user),
        "version": version,
        "text": text.lines(version.text),
        "call": call_words(found.call, get_language() or settings.LANGUAGE_CODE),
    }
    return _asking(request, found, "declare", gettext("Declare the partnership"), facts)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """It becomes a draft again, until the deadline."""
    user = cast(User, request.user)
    found, said = seen_by(user, uuid), ""
    if request.method == "POST":
        try:
            declaring.withdraw(found, by=user, seen=request.POST.get("seen"))
        except RefusedError as refused:
            said = str(refused)
        else:
            if Declaration.objects.standing().filter(consortium=found).exists():
                messages.warning(request, gettext("Something changed meanwhile. Nothing was done: look once more."))
            else:
                messages.success(request, gettext("The declaration is withdrawn. It is a draft again."))
            return redirect(found)
    facts: dict[str, Any] = {"closing": closing(found.call), "said": said}
    return _asking(request, found, "withdraw_declaration", gettext("Withdraw the declaration"), facts)


@never_cache
@login_required
@require_safe
def receipt(request: HttpRequest, uuid: UUID, number: str) -> HttpResponse:
    """All of it, with the text that was declared."""
    found, own = _own(request, uuid, number)
    context = copies.facts(own, ROUTES) | {"consortium": found, "crumbs": crumbs(found)}
    return render(request, "consortia/declaration/receipt.html", context)


@never_cache
@login_required
@require_safe
def receipt_pdf(request: HttpRequest, uuid: UUID, number: str) -> HttpResponse:
    """To print and to keep; what is verified is the file."""
    _found, own = _own(request, uuid, number)
    return copies.pdf(own)


@never_cache
@login_required
@require_safe
def receipt_file(request: HttpRequest, uuid: UUID, number: str) -> HttpResponse:
    """What anybody verifies, here or without the portal."""
    _found, own = _own(request, uuid, number)
    return copies.file(own)


def _say(request: HttpRequest, receipt: Receipt) -> None:
    """The answer to a form that is older than a withdrawal is the receipt of then, which stands no more."""
    told = tell(json.loads(receipt.payload), receipt)
    if told.stands:
        messages.success(request, gettext("It is declared. Every partner gets the receipt by mail."))
    else:
        messages.warning(request, told.standing)


def _own(request: HttpRequest, uuid: UUID, number: str) -> tuple[Consortium, Receipt]:
    found = seen_by(cast(User, request.user), uuid)
    rows = Receipt.objects.filter(declaration__in=Declaration.objects.filter(consortium=found))
    return found, get_object_or_404(rows.select_related("key"), number=numbers.read(number))


def _asking(request: HttpRequest, found: Consortium, action: str, title: str, facts: dict[str, Any]) -> HttpResponse:
    last = found.declarations.select_related("receipt").first()
    context = {
        "consortium": found,
        "action": action,
        "title": title,
        "refusal": actor(found, cast(User, request.user), action).refusal(action),
        "seen": last.receipt.number if last else "",
        "last": last,
        "crumbs": crumbs(found),
        **facts,
    }
    return render(request, "consortia/declaration/ask.html", context, status=422 if facts["said"] else 200)
