"""The screens on which staff say by what the consortia of a call are judged."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from accounts.users.models import User
from consortia.consortium.actions import RefusedError
from consortia.reviewing import criteria
from consortia.reviewing.models import Criterion
from consortia.rules.as_read import ChangedError
from consortia.staff.ordered_forms import OrderedForm
from consortia.staff.reviewing import around, found_call


class CriterionForm(OrderedForm):
    """One criterion."""

    scale = forms.ChoiceField(
        label=_("Scale"), choices=lambda: [(value, capfirst(label)) for value, label in Criterion.Scale.choices]
    )

    def __init__(self, data: Any = None, *, criterion: Criterion | None) -> None:
        names = ("title", "guidance", "scale", "position") if criterion else ()
        stands = {name: getattr(criterion, name) for name in names}
        initial = stands | {"seen": criteria.seen(criterion)}
        super().__init__(data, initial=initial, guides=_("What reviewers look at."))
        self.order_fields(["title", "guidance", "scale", "position"])

    @property
    def facts(self) -> dict[str, Any]:
        return self.said("title", "guidance", "scale")


@require_http_methods(["GET", "HEAD", "POST"])
def criterion(request: HttpRequest, pk: int, key: int = 0) -> HttpResponse:
    """A new one, or another text of one; once anybody judges they stay as they are."""
    call = found_call(request, pk)
    known = get_object_or_404(Criterion, call=call, pk=key) if key else None
    form = CriterionForm(request.POST if request.method == "POST" else None, criterion=known)
    if form.is_valid():
        before = form.cleaned_data["seen"] or {}
        try:
            criteria.save(call, key or None, form.facts, before=before, by=cast(User, request.user))
        except RefusedError as refused:
            form.add_error(None, str(refused))
        except ChangedError:
            form.tell_changed(criteria.seen(Criterion.objects.filter(pk=key).first()))
        else:
            messages.success(request, gettext("The criterion is saved."))
            return redirect("consortia_admin_reviewing", pk=pk)
    facts = {
        "form": form,
        "criterion": known,
        "are_frozen": criteria.are_frozen(call),
        "back_url": reverse("consortia_admin_reviewing", args=[pk]),
    }
    title = gettext("Criterion") if known else gettext("New criterion")
    return render(request, "consortia/admin/criterion.html", around(call, title) | facts)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_criterion(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Asks once, then it is gone."""
    call = found_call(request, pk)
    known = get_object_or_404(Criterion, call=call, pk=key)
    if request.method == "POST":
        try:
            criteria.remove(call, key, by=cast(User, request.user))
        except RefusedError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, gettext("The criterion is removed."))
        return redirect("consortia_admin_reviewing", pk=pk)
    facts = {"criterion": known, "back_url": reverse("consortia_admin_reviewing", args=[pk])}
    title = gettext("Remove the criterion")
    return render(request, "consortia/admin/remove_criterion.html", around(call, title) | facts)


urlpatterns: list[URLPattern] = [
    path("consortia/calls/<int:pk>/criteria/new/", criterion, name="consortia_admin_new_criterion"),
    path("consortia/calls/<int:pk>/criteria/<int:key>/", criterion, name="consortia_admin_criterion"),
    path(
        "consortia/calls/<int:pk>/criteria/<int:key>/remove/", remove_criterion, name="consortia_admin_remove_criterion"
    ),
]
