"""The screens on which staff say what a proposal has in a call: its parts in their order."""

from typing import Any, cast

from django import forms
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from accounts.users.models import User
from calls.chain.models import Call
from consortia.asked_parts import setting
from consortia.asked_parts.models import MOST_LIMIT, MOST_MEGABYTES, AskedPart
from consortia.consortium.actions import RefusedError
from consortia.files.checking import ENDINGS
from consortia.filling.models import Filling
from consortia.rules.as_read import ChangedError
from consortia.staff.ordered_forms import OrderedForm
from consortia.staff.reviewing import found_call
from hub.changes.headers import header

_OF_FILE, _OF_TEXT = _("Only for a file."), _("Only for a text.")


class PartForm(OrderedForm):
    """One part."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=lambda: [(value, capfirst(label)) for value, label in AskedPart.Kind.choices]
    )
    is_required = forms.BooleanField(label=_("Required"), required=False)
    endings = forms.MultipleChoiceField(
        label=_("Kinds of files"),
        help_text=_OF_FILE,
        choices=[(each, each) for each in ENDINGS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    megabytes = forms.IntegerField(
        label=_("Largest size in MB"), help_text=_OF_FILE, min_value=1, max_value=MOST_MEGABYTES, required=False
    )
    limit = forms.IntegerField(label=_("Limit"), help_text=_OF_TEXT, min_value=1, max_value=MOST_LIMIT, required=False)
    unit = forms.ChoiceField(
        label=_("Counted in"),
        help_text=_OF_TEXT,
        choices=lambda: [(value, capfirst(label)) for value, label in AskedPart.Unit.choices],
    )

    def __init__(self, data: Any = None, *, part: AskedPart | None) -> None:
        fresh = AskedPart(kind=AskedPart.Kind.TEXT, endings=["pdf"])
        names = ("kind", "is_required", "endings", "megabytes", "limit", "unit", "title", "guidance")
        stands = {name: getattr(part or fresh, name) for name in names}
        place = {"position": part.position} if part else {}
        initial = stands | place | {"seen": setting.seen(part)}
        super().__init__(data, initial=initial, guides=_("What stands above the field."))
        of_both = ("title", "guidance", "kind", "is_required")
        self.order_fields([*of_both, "endings", "megabytes", "limit", "unit", "position"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        needed = ("endings", "megabytes") if cleaned.get("kind") == AskedPart.Kind.FILE else ("limit",)
        for name in needed:
            if name in cleaned and not cleaned[name]:
                self.add_error(name, gettext("This is needed for a part of this kind."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """What is said of this kind of part; of the other kind nothing changes."""
        is_file = self.cleaned_data["kind"] == AskedPart.Kind.FILE
        of_kind = ("endings", "megabytes") if is_file else ("limit", "unit")
        return self.said("title", "guidance", "kind", "is_required", *of_kind)


@require_safe
def parts(request: HttpRequest, pk: int) -> HttpResponse:
    """All of a call, those that are closed included."""
    call = found_call(request, pk)
    filled = Filling.objects.filter(part=OuterRef("pk"))
    rows = AskedPart.objects.filter(call=call).annotate(is_filled=Exists(filled))
    return render(request, "consortia/admin/parts.html", _around(call) | {"parts": rows, "most": setting.MOST})


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, pk: int, key: int = 0) -> HttpResponse:
    """A new one, or another text of one; where somebody filled it, the screen warns."""
    call = found_call(request, pk)
    known = get_object_or_404(AskedPart, call=call, pk=key) if key else None
    form = PartForm(request.POST if request.method == "POST" else None, part=known)
    if form.is_valid():
        before = form.cleaned_data["seen"] or {}
        try:
            setting.save(call, key or None, form.facts, before=before, by=cast(User, request.user))
        except RefusedError as refused:
            form.add_error(None, str(refused))
        except ChangedError:
            form.tell_changed(setting.seen(AskedPart.objects.filter(pk=key).first()))
        else:
            messages.success(request, gettext("The part is saved."))
            return redirect("consortia_admin_parts", pk=pk)
    title = gettext("Part of a proposal") if known else gettext("New part of a proposal")
    facts = {
        "form": form,
        "part": known,
        "is_filled": known is not None and setting.is_filled(known),
        "back_url": reverse("consortia_admin_parts", args=[pk]),
    }
    return render(request, "consortia/admin/part.html", _around(call, title) | facts)


@require_POST
def set_closed(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Not asked for any more, or again; nothing that was filled is lost."""
    call = found_call(request, pk)
    get_object_or_404(AskedPart, call=call, pk=key)
    is_closed = request.POST.get("closed") == "1"
    setting.set_closed(call, key, is_closed=is_closed, by=cast(User, request.user))
    said = gettext("The part is closed. What was filled in stays readable.")
    messages.success(request, said if is_closed else gettext("The part is asked for again."))
    return redirect("consortia_admin_parts", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Asks once, then it is gone; refused where somebody filled it."""
    call = found_call(request, pk)
    if request.method == "POST":
        try:
            setting.remove(call, key, by=cast(User, request.user))
        except RefusedError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, gettext("The part is removed."))
        return redirect("consortia_admin_parts", pk=pk)
    known = get_object_or_404(AskedPart, call=call, pk=key)
    facts = {
        "part": known,
        "is_filled": setting.is_filled(known),
        "back_url": reverse("consortia_admin_parts", args=[pk]),
    }
    return render(request, "consortia/admin/remove_part.html", _around(call, gettext("Remove the part")) | facts)


def _around(call: Call, title: str = "") -> dict[str, Any]:
    """The header: where this stands, and the call."""
    crumbs = [(str(call.title), reverse("consortia_admin_board", args=[call.pk]))]
    if title:
        crumbs.append((gettext("Parts of a proposal"), reverse("consortia_admin_parts", args=[call.pk])))
    heading = title or gettext("Parts of a proposal")
    return {"call": call} | header(heading, *crumbs, icon="form", of=str(call.title))


urlpatterns: list[URLPattern] = [
    path("consortia/calls/<int:pk>/parts/", parts, name="consortia_admin_parts"),
    path("consortia/calls/<int:pk>/parts/new/", part, name="consortia_admin_new_part"),
    path("consortia/calls/<int:pk>/parts/<int:key>/", part, name="consortia_admin_part"),
    path("consortia/calls/<int:pk>/parts/<int:key>/close/", set_closed, name="consortia_admin_close_part"),
    path("consortia/calls/<int:pk>/parts/<int:key>/remove/", remove, name="consortia_admin_remove_part"),
]
