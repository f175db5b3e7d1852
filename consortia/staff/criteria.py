"""The screens on which staff say by what the consortia of a call are judged."""

import json
from copy import copy
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from i18nfield.forms import I18nFormField
from i18nfield.strings import LazyI18nString
from wagtail.admin import messages

from accounts.users.models import User
from consortia.consortium.actions import RefusedError
from consortia.reviewing import criteria
from consortia.reviewing.models import Criterion
from consortia.staff.reviewing import around, found_call
from hub.languages.names import language_name
from hub.languages.widgets import LabelledTextarea, LabelledTextInput

_LONGEST_TITLE, _LONGEST_GUIDANCE = 120, 2000


class CriterionForm(forms.Form):
    """One criterion, in each language of the portal."""

    scale = forms.ChoiceField(
        label=_("Scale"), choices=lambda: [(value, capfirst(label)) for value, label in Criterion.Scale.choices]
    )
    position = forms.IntegerField(label=_("Place in the order"), min_value=1, max_value=99, required=False)
    # The criterion as it was read.
    seen = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, criterion: Criterion | None) -> None:
        names = ("title", "guidance", "scale", "position") if criterion else ()
        stands = {name: getattr(criterion, name) for name in names}
        super().__init__(data, initial=stands | {"seen": criteria.seen(criterion)})
        free: dict[str, Any] = {"required": False, "require_all_fields": False}
        self.fields["title"] = I18nFormField(label=_("Title"), widget=LabelledTextInput, **free)
        self.fields["guidance"] = I18nFormField(
            label=_("Guidance"), help_text=_("What reviewers look at."), widget=LabelledTextarea, **free
        )
        self.order_fields(["title", "guidance", "scale", "position"])

    def clean_title(self) -> LazyI18nString:
        words = _words(self.cleaned_data["title"], longest=_LONGEST_TITLE)
        missing = [language_name(code) for code, _name in settings.LANGUAGES if code not in words]
        if missing:
            said = gettext("Write the title in these languages, too: %(languages)s.")
            raise forms.ValidationError(said % {"languages": ", ".join(missing)}, code="languages")
        return LazyI18nString(words)

    def clean_guidance(self) -> LazyI18nString:
        return LazyI18nString(_words(self.cleaned_data["guidance"], longest=_LONGEST_GUIDANCE))

    @property
    def facts(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in ("title", "guidance", "scale")}
        position = self.cleaned_data.get("position")
        return said | ({"position": position} if position else {})

    def show_again(self, stands: dict[str, Any]) -> None:
        """After somebody else's change was told: sent once more, this takes its place."""
        typed = copy(self.data)
        cast(dict[str, Any], typed)["seen"] = json.dumps(stands)
        self.data = typed


def _words(typed: Any, *, longest: int) -> dict[str, str]:
    data = getattr(typed, "data", None) or {}
    words = {code: text.strip() for code, text in data.items() if text and text.strip()}
    if any(len(text) > longest for text in words.values()):
        said = gettext("At most %(number)d characters in each language.")
        raise forms.ValidationError(said % {"number": longest}, code="long")
    return words


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
        except criteria.ChangedError:
            form.add_error(None, gettext("Somebody changed it meanwhile. Nothing was saved; save again to use yours."))
            form.show_again(criteria.seen(Criterion.objects.filter(pk=key).first()))
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
            messages.success(request, gettext("The criterion is taken away."))
        return redirect("consortia_admin_reviewing", pk=pk)
    facts = {"criterion": known, "back_url": reverse("consortia_admin_reviewing", args=[pk])}
    title = gettext("Take the criterion away")
    return render(request, "consortia/admin/remove_criterion.html", around(call, title) | facts)


urlpatterns: list[URLPattern] = [
    path("consortia/calls/<int:pk>/criteria/new/", criterion, name="consortia_admin_new_criterion"),
    path("consortia/calls/<int:pk>/criteria/<int:key>/", criterion, name="consortia_admin_criterion"),
    path(
        "consortia/calls/<int:pk>/criteria/<int:key>/remove/", remove_criterion, name="consortia_admin_remove_criterion"
    ),
]
