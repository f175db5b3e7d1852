"""Claims in the admin: what waits for the centre, and the screens on which it decides and verifies."""

from typing import Any, cast

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import TitleColumn

from accounts.menu.groups import PARTNERS
from accounts.records import lists
from accounts.records.readonly_admin import RecordViewSet
from accounts.users.models import User
from hub.changes.headers import header
from hub.facts.readonly_admin import moment_column, yes_column
from partners.claims import deciding
from partners.claims.models import Claim
from partners.members.rules import is_staff
from partners.organisations.models import Organisation


class ClaimFilters(WagtailFilterSet):
    """Which claims the list shows."""

    is_from_elsewhere = django_filters.BooleanFilter(label=_("Mail address at another domain"))

    class Meta:
        model = Claim
        fields = ["status", "is_new"]


def _decide_url(claim: Claim) -> str:
    return reverse("partners_admin_decide_claim", args=[claim.pk])


class ClaimViewSet(RecordViewSet):
    """Who asks to manage which profile."""

    model = Claim
    icon = "key"
    menu_hook = PARTNERS.hook
    menu_order = 1
    menu_label = _("Claims")
    list_display = [
        TitleColumn("organisation", label=_("Organisation"), get_url=_decide_url),
        "user",
        "position",
        yes_column("is_new", _("New profile")),
        yes_column("is_from_elsewhere", _("Other domain")),
        "status",
        moment_column("created_at", _("Sent (Brussels)")),
    ]
    filterset_class = ClaimFilters
    search_fields = ["organisation__name", "user__email", "user__last_name"]
    list_per_page = 50
    inspect_view_fields = [
        *("organisation", "user", "position", "message", "is_new", "is_from_elsewhere"),
        *("status", "reason", "created_at", "decided_at"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return Claim.objects.select_related("organisation", "user")


class VerifyForm(forms.Form):
    """By what staff know that an organisation is who it says it is."""

    how = forms.ChoiceField(
        label=_("Verified by"), choices=lambda: Organisation.VerifiedHow.choices, widget=forms.RadioSelect
    )


class DecisionForm(forms.Form):
    """Yes, with how the organisation was verified; or no, with the reason that the claimant reads."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("accept", _("Accept: the person becomes an owner")), ("refuse", _("Refuse"))],
        widget=forms.RadioSelect,
    )
    how = forms.ChoiceField(
        label=_("Verified by"),
        choices=lambda: Organisation.VerifiedHow.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason for a refusal"),
        help_text=_("The person reads it in a mail."),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("decision") == "accept" and not cleaned.get("how"):
            self.add_error("how", gettext("Say by what you know that it is them."))
        if cleaned.get("decision") == "refuse" and not cleaned.get("reason"):
            self.add_error("reason", gettext("Say why: the person reads it."))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, claim: int) -> HttpResponse:
    """One claim with all that speaks for it, and the decision."""
    user = _staff(request)
    found = get_object_or_404(Claim.objects.select_related("organisation__sector", "user"), pk=claim)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    list_url = lists.url(Claim)
    if form.is_valid():
        _decide(request, found, form.cleaned_data, by=user)
        return redirect(list_url)
    facts = {
        **header(gettext("Claim"), (gettext("Claims"), list_url), icon="key", of=str(found.organisation)),
        "claim": found,
        "form": form,
        "waits": found.status == Claim.Status.WAITING,
        "others": Claim.objects.waiting().filter(organisation=found.organisation).exclude(pk=found.pk)[:10],
        "members": found.organisation.memberships.select_related("user")[:20],
        "back_url": list_url,
    }
    return render(request, "partners/admin/claim.html", facts)


def _decide(request: HttpRequest, claim: Claim, answers: dict[str, Any], *, by: User) -> None:
    try:
        if answers["decision"] == "accept":
            deciding.accept(claim, how=answers["how"], by=by)
        else:
            deciding.refuse(claim, reason=answers["reason"], by=by)
    except deciding.DecidedError:
        messages.error(request, gettext("Somebody decided about this claim before, or it was taken back."))
    else:
        messages.success(request, gettext("Decided. The person hears of it by mail."))


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Staff looked at an organisation: for the first time, or again after something changed."""
    user = _staff(request)
    found = get_object_or_404(Organisation.objects.select_related("sector"), pk=pk)
    form = VerifyForm(request.POST if request.method == "POST" else None)
    edit_url = reverse(Organisation.snippet_viewset.get_url_name("edit"), args=[pk])
    if form.is_valid():
        deciding.verify(found, how=form.cleaned_data["how"], by=user)
        messages.success(request, gettext("“%(name)s” is verified.") % {"name": found.name})
        return redirect(edit_url)
    changed = [
        (str(Organisation._meta.get_field(name).verbose_name), *values)
        for name, values in found.changed_since_verified.items()
    ]
    facts = {
        **header(gettext("Verify"), (found.name, edit_url), icon="check", of=found.name),
        "organisation": found,
        "changed": changed,
        "form": form,
        "back_url": edit_url,
    }
    return render(request, "partners/admin/verify.html", facts)


def _staff(request: HttpRequest) -> User:
    if not is_staff(request.user):
        raise PermissionDenied
    return cast(User, request.user)


urlpatterns: list[URLPattern] = [
    path("partners/claims/<int:claim>/", decide, name="partners_admin_decide_claim"),
    path("partners/organisations/<int:pk>/verify/", verify, name="partners_admin_verify"),
]
