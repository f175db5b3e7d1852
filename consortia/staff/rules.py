"""The screen on which staff say what a call asks of a consortium."""

import json
from copy import copy
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from accounts.users.models import User
from calls.chain.models import Call
from consortia.rules import setting
from consortia.rules.as_read import ChangedError
from consortia.rules.models import MOST
from hub.changes.headers import header


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST)


class RulesForm(forms.Form):
    """At least so many; 0 where the call asks for none."""

    organisations = _number(_("Organisations, the lead included"))
    countries = _number(_("Different countries"))
    sectors = _number(_("Different sectors"))
    tracks = _number(_("Different action tracks"))
    letters = _number(_("Organisations with a letter of endorsement"))
    letter_of_each = forms.BooleanField(label=_("A letter of endorsement of each organisation"), required=False)
    several = forms.BooleanField(
        label=_("An organisation may be in several declarations"),
        help_text=_("Without it, a second declaration with the same organisation is refused."),
        required=False,
    )
    recommended_only = forms.BooleanField(
        label=_("Only recommended consortia may submit a proposal"),
        help_text=_(
            "With conditions or without, once the recommendations are released. Before that all declared consortia "
            "fill in the parts, and none submits."
        ),
        required=False,
    )
    # The numbers as they were read.
    seen = forms.JSONField(widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers as they stand; refused where somebody set others meanwhile."""
    if not request.user.has_perm("consortia.change_interest"):
        raise PermissionDenied
    call = get_object_or_404(Call, pk=pk)
    stands = setting.numbers(call)
    form = RulesForm(request.POST if request.method == "POST" else None, initial=stands | {"seen": stands})
    if form.is_valid():
        now = {name: int(form.cleaned_data[name]) for name in setting.NAMES}
        try:
            setting.set_rules(call, now, seen=form.cleaned_data["seen"], by=cast(User, request.user))
        except ChangedError:
            stands = setting.numbers(call)
            said = gettext(
                "Somebody set other numbers meanwhile: %(numbers)s. Nothing was saved; save again to use yours."
            )
            form.add_error(None, said % {"numbers": _told(form, stands)})
            typed = copy(form.data)
            cast(dict[str, Any], typed)["seen"] = json.dumps(stands)
            form.data = typed
        else:
            messages.success(request, gettext("The rules of the call are saved."))
            return redirect("consortia_admin_board", pk=pk)
    board = reverse("consortia_admin_board", args=[pk])
    head = header(gettext("Rules for consortia"), (str(call.title), board), icon="form", of=str(call.title))
    context = head | {"form": form, "back_url": board}
    return render(request, "consortia/admin/rules.html", context)


def _told(form: RulesForm, stands: dict[str, int]) -> str:
    yes = {True: gettext("yes"), False: gettext("no")}
    words = {name: yes[value] if isinstance(value, bool) else str(value) for name, value in stands.items()}
    return ", ".join(f"{form.fields[name].label} {words[name]}" for name in setting.NAMES)


urlpatterns: list[URLPattern] = [path("consortia/calls/<int:pk>/rules/", rules, name="consortia_admin_rules")]
