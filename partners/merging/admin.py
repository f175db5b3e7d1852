"""The screens on which staff merge two profiles: choose the other, look at what happens, confirm."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from accounts.users.models import User
from hub.changes.headers import header
from partners.claims.duplicates import suggestions
from partners.members.rules import is_staff
from partners.merging.merging import ChangedError, merge
from partners.merging.plan import plan
from partners.organisations import identifiers
from partners.organisations.models import Organisation


class OtherField(forms.ModelChoiceField):
    """Profiles by name and address: two of one organisation often have the same name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.slug}, {obj.get_status_display()})"


class MergeForm(forms.Form):
    """Which profile becomes a part of this one."""

    other = OtherField(
        label=_("Profile that becomes a part of this one"),
        queryset=Organisation.objects.none(),
        help_text=_("It is gone afterwards; its address leads to this one."),
    )

    def __init__(self, *args: Any, kept: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = Organisation.objects.exclude(pk=kept.pk)  # type: ignore[attr-defined]


@require_safe
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the other profile; likely ones stand on top."""
    _staff(request)
    kept = get_object_or_404(Organisation, pk=pk)
    numbers = {name: getattr(kept, name) for name in identifiers.NAMES}
    likely = suggestions(name=kept.name, addresses=[kept.website], numbers=numbers)
    facts = {
        "likely": [
            each for each in Organisation.objects.filter(slug__in=[each.slug for each in likely]) if each.pk != pk
        ],
        "form": MergeForm(request.GET or None, kept=kept),
    }
    form = facts["form"]
    if isinstance(form, MergeForm) and form.is_valid():
        return redirect("partners_admin_merge", pk=pk, other=form.cleaned_data["other"].pk)
    return render(request, "partners/admin/merge_choose.html", _about(kept) | facts)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What would happen; the button does it when nothing changed meanwhile."""
    user = _staff(request)
    kept = get_object_or_404(Organisation.objects.with_facts(), pk=pk)
    gone = get_object_or_404(Organisation.objects.with_facts().exclude(pk=pk), pk=other)
    if request.method == "POST":
        try:
            merge(kept, gone, seen=request.POST.get("seen", ""), by=user)
        except ChangedError:
            messages.error(request, gettext("Something changed meanwhile. Nothing was done: look once more."))
        else:
            said = gettext("“%(gone)s” is a part of “%(kept)s” now.") % {"gone": gone.name, "kept": kept.name}
            messages.success(request, said)
            return redirect(_edit_url(kept))
    return render(request, "partners/admin/merge_confirm.html", _about(kept) | {"plan": plan(kept, gone)})


def _about(kept: Organisation) -> dict[str, Any]:
    return {
        **header(gettext("Merge"), (kept.name, _edit_url(kept)), icon="group", of=kept.name),
        "organisation": kept,
        "back_url": _edit_url(kept),
    }


def _edit_url(organisation: Organisation) -> str:
    return reverse(Organisation.snippet_viewset.get_url_name("edit"), args=[organisation.pk])


def _staff(request: HttpRequest) -> User:
    if not is_staff(request.user) or not request.user.has_perm("partners.delete_organisation"):
        raise PermissionDenied
    return cast(User, request.user)


urlpatterns: list[URLPattern] = [
    path("partners/organisations/<int:pk>/merge/", choose, name="partners_admin_merge_choose"),
    path("partners/organisations/<int:pk>/merge/<int:other>/", confirm, name="partners_admin_merge"),
]
