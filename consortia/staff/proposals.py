"""The proposals of a call as staff read them: those that were submitted, each as it was submitted."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from accounts.users.models import User
from calls.chain.models import Call
from consortia.conflicts.staff import refusal_to_read
from consortia.consortium.models import Consortium, Member
from consortia.proposal.archive import stream
from consortia.proposal.models import Proposal
from hub.changes.headers import header

SHOWN = 50


def counting(call: Call) -> QuerySet[Proposal]:
    """Of each consortium that is declared now, the one that counts."""
    return Proposal.objects.counting().filter(consortium__call=call)


@require_safe
def proposals(request: HttpRequest, pk: int) -> HttpResponse:
    """The one of each consortium that counts, by name."""
    _allow(request)
    call = get_object_or_404(Call, pk=pk)
    lead = Member.objects.filter(consortium=OuterRef("consortium"), is_lead=True).values("organisation__name")[:1]
    rows = counting(call).select_related("consortium", "receipt").annotate(lead=Subquery(lead))
    page = Paginator(rows.order_by("consortium__name", "pk"), SHOWN).get_page(request.GET.get("p"))
    return render(request, "consortia/admin/proposals.html", _around(call) | {"page_obj": page})


@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Files and texts of one, the receipt, and the others of the same consortium."""
    one = _proposal(request, pk)
    if said := refusal_to_read(cast(User, request.user), one.consortium):
        return _kept_out(request, one, said)
    facts = {
        "proposal": one,
        "parts": one.parts.select_related("part", "text", "file"),
        "is_counting": Proposal.objects.counting().filter(pk=one.pk).exists(),
        "others": Proposal.objects.filter(consortium=one.consortium)
        .exclude(pk=one.pk)
        .select_related("receipt")[:SHOWN],
    }
    return render(request, "consortia/admin/proposal.html", _around(one.consortium.call, one.consortium.name) | facts)


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All of it in one file."""
    one = _proposal(request, pk)
    if said := refusal_to_read(cast(User, request.user), one.consortium):
        return _kept_out(request, one, said)
    headers = {
        "Content-Disposition": f'attachment; filename="{one.receipt.number}.zip"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingHttpResponse(stream(one), content_type="application/zip", headers=headers)


def _proposal(request: HttpRequest, pk: int) -> Proposal:
    """One of a consortium whose name staff may know: a draft that was declared before may hide it again."""
    _allow(request)
    named = Proposal.objects.filter(consortium__in=Consortium.objects.named_to_centre())
    return get_object_or_404(named.select_related("consortium__call", "receipt"), pk=pk)


def _kept_out(request: HttpRequest, one: Proposal, said: str) -> HttpResponse:
    """Back among the names, with the reason."""
    messages.error(request, said)
    return redirect("consortia_admin_proposals", pk=one.consortium.call_id)


def _allow(request: HttpRequest) -> None:
    if not any(request.user.has_perm(f"consortia.{action}_interest") for action in ("view", "change")):
        raise PermissionDenied


def _around(call: Call, title: str = "") -> dict[str, Any]:
    """The header: where this stands, and the call."""
    crumbs = [(str(call.title), reverse("consortia_admin_board", args=[call.pk]))]
    if title:
        crumbs.append((gettext("Submitted proposals"), reverse("consortia_admin_proposals", args=[call.pk])))
    return {"call": call} | header(title or gettext("Submitted proposals"), *crumbs, icon="form", of=str(call.title))


urlpatterns: list[URLPattern] = [
    path("consortia/calls/<int:pk>/proposals/", proposals, name="consortia_admin_proposals"),
    path("consortia/proposals/<int:pk>/", proposal, name="consortia_admin_proposal"),
    path("consortia/proposals/<int:pk>/zip/", download, name="consortia_admin_proposal_zip"),
]
