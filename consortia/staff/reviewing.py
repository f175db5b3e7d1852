"""How the consortia of a call are reviewed, as staff arrange it: who reviews, by what, and the release."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from accounts.users.models import User
from calls.chain.models import Call
from consortia.conflicts.staff import refusal_to_arrange, refusal_to_decide
from consortia.consortium.actions import RefusedError
from consortia.outcomes.models import Release
from consortia.recommendation import lists, releasing
from consortia.reviewers import appointing
from consortia.reviewers.access import reviewed
from consortia.reviewers.models import Reviewer
from consortia.reviewing import criteria
from consortia.reviewing.models import Criterion, Judgement
from hub.changes.headers import header
from hub.sheets import writing

_NAMED = 50


class ReviewerForm(forms.Form):
    """Who, as what; name and language count only for somebody who has no account yet."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(
        label=_("Role"), choices=lambda: [(value, capfirst(label)) for value, label in Reviewer.Role.choices]
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=300,
        required=False,
        help_text=_("Only for who has no account yet: the person is invited to one."),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=lambda: settings.LANGUAGES)


@require_http_methods(["GET", "HEAD", "POST"])
def reviewing(request: HttpRequest, pk: int) -> HttpResponse:
    """The people, the criteria and how far it is; POST gives somebody the role."""
    call = found_call(request, pk)
    form = ReviewerForm(request.POST if request.method == "POST" else None)
    barred = refusal_to_arrange(cast(User, request.user), call)
    if barred and request.method == "POST":
        messages.error(request, gettext("Nothing was changed: see below why."))
        return redirect("consortia_admin_reviewing", pk=pk)
    if form.is_valid():
        try:
            appointing.appoint(call, **form.cleaned_data, by=cast(User, request.user))
        except appointing.TooManyError:
            said = gettext("%(number)d people review this call, which is the most. End the role of one first.")
            form.add_error(None, said % {"number": appointing.MOST})
        else:
            messages.success(request, gettext("The person reviews this call and gets a mail about it."))
            return redirect("consortia_admin_reviewing", pk=pk)
    judgements = Judgement.objects.handed_in().of_what_stands().filter(consortium__in=reviewed(call).order_by())
    facts = {
        "form": form,
        "barred": barred,
        "reviewers": Reviewer.objects.active().filter(call=call).select_related("user"),
        "criteria": Criterion.objects.filter(call=call),
        "are_frozen": criteria.are_frozen(call),
        "declared": reviewed(call).count(),
        "judgements": judgements.count(),
        "unsettled": len(releasing.unsettled(call)),
        "waiting": releasing.untold(call).count(),
        "release": Release.objects.filter(call=call).first(),
    }
    return render(request, "consortia/admin/reviewing.html", around(call) | facts)


@require_http_methods(["GET", "HEAD", "POST"])
def dismiss(request: HttpRequest, pk: int, reviewer: int) -> HttpResponse:
    """Asks once, then the person finds nothing of the call any more."""
    call = found_call(request, pk)
    found = get_object_or_404(Reviewer.objects.filter(call=call).select_related("user", "call"), pk=reviewer)
    if barred := refusal_to_arrange(cast(User, request.user), call):
        messages.error(request, barred)
        return redirect("consortia_admin_reviewing", pk=pk)
    if request.method == "POST":
        appointing.dismiss(found, by=cast(User, request.user))
        messages.success(request, gettext("%(name)s does not review this call any more.") % {"name": found})
        return redirect("consortia_admin_reviewing", pk=pk)
    facts = {"reviewer": found, "back_url": reverse("consortia_admin_reviewing", args=[pk])}
    return render(request, "consortia/admin/dismiss.html", around(call, gettext("End the role")) | facts)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what will happen, or what stands in the way; POST does it, once for each text that is declared."""
    call = found_call(request, pk)
    if request.method == "POST":
        try:
            releasing.release(call, by=cast(User, request.user))
        except (RefusedError, releasing.UnsettledError):
            messages.error(request, gettext("Nothing was released: see below what is missing."))
            return redirect("consortia_admin_release", pk=pk)
        messages.success(request, gettext("The recommendations are released; all partners get a mail."))
        return redirect("consortia_admin_reviewing", pk=pk)
    missing = releasing.unsettled(call)
    facts = {
        "missing": missing[:_NAMED],
        "more": max(len(missing) - _NAMED, 0),
        "refusal": releasing.refusal(call, by=cast(User, request.user)),
        "waiting": releasing.untold(call).count(),
        "release": Release.objects.filter(call=call).first(),
        "back_url": reverse("consortia_admin_reviewing", args=[pk]),
    }
    return render(request, "consortia/admin/release.html", around(call, gettext("Release the recommendations")) | facts)


@require_safe
def recommendations(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The list for the Commission, as PDF, XLSX or CSV; none before the release, nor for who acts for a partner."""
    call = found_call(request, pk)
    released = get_object_or_404(Release, call=call)
    if said := refusal_to_decide(cast(User, request.user), call):
        messages.error(request, said)
        return redirect("consortia_admin_reviewing", pk=pk)
    if kind in writing.SPREADSHEETS:
        return lists.as_file(call, kind)
    headers = {"Content-Disposition": 'attachment; filename="recommendations.pdf"'}
    return HttpResponse(lists.as_pdf(call, released), content_type="application/pdf", headers=headers)


def found_call(request: HttpRequest, pk: int) -> Call:
    """The call, for staff who say what is asked of its consortia."""
    if not request.user.has_perm("consortia.change_interest"):
        raise PermissionDenied
    return get_object_or_404(Call, pk=pk)


def around(call: Call, title: str = "") -> dict[str, Any]:
    """The header: where this stands, and the call."""
    crumbs = [(str(call.title), reverse("consortia_admin_board", args=[call.pk]))]
    if title:
        crumbs.append((gettext("Reviewing"), reverse("consortia_admin_reviewing", args=[call.pk])))
    return {"call": call} | header(title or gettext("Reviewing"), *crumbs, icon="form", of=str(call.title))


urlpatterns: list[URLPattern] = [
    path("consortia/calls/<int:pk>/reviewing/", reviewing, name="consortia_admin_reviewing"),
    path("consortia/calls/<int:pk>/reviewing/<int:reviewer>/end/", dismiss, name="consortia_admin_dismiss"),
    path("consortia/calls/<int:pk>/release/", release, name="consortia_admin_release"),
    *(
        path(
            f"consortia/calls/<int:pk>/recommendations.{kind}",
            recommendations,
            {"kind": kind},
            name=f"consortia_admin_recommendations_{kind}",
        )
        for kind in ("pdf", *writing.SPREADSHEETS)
    ),
]
