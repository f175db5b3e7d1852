"""Erasing for somebody who asked staff: counts and no contents, a reason, a record."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from accounts.menu.groups import PEOPLE
from accounts.my_data.forms import RequestForm
from accounts.personal_data import erasing
from accounts.personal_data.models import Erasure
from accounts.personal_data.subjects import of_address
from accounts.records import lists
from accounts.records.readonly_admin import RecordViewSet
from accounts.users.models import User

MAY = "accounts.add_erasure"


class ErasureViewSet(RecordViewSet):
    """Who was erased when, as far as that is known: numbers, no addresses."""

    model = Erasure
    icon = "bin"
    menu_label = gettext_lazy("Erasures")
    menu_hook = PEOPLE.hook
    menu_order = 620
    list_display = (
        "at", "how", Column("by", label=gettext_lazy("Colleague")), "reason",
        Column("rows_removed", label=gettext_lazy("Records erased")),
        Column("rows_kept", label=gettext_lazy("Records that stay without the person")),
    )  # fmt: skip
    list_filter = ("how",)
    inspect_view_enabled = True
    inspect_view_fields = ("uuid", "at", "how", "by", "reason")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Erasure]:
        return Erasure.objects.select_related("by")


def erase(request: HttpRequest) -> HttpResponse:
    """First what there is, then, with the same form and a tick, the deed; sent twice, nothing more happens."""
    by = cast(User, request.user)
    if not by.has_perm(MAY):
        raise PermissionDenied
    form = RequestForm(request.POST or None)
    facts: dict[str, object] = {"title": _("Erase somebody’s data on request"), "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/admin/erase.html", facts)
    subject = of_address(form.cleaned_data["email"])
    if form.cleaned_data["is_sure"] and not erasing.is_staff(subject):
        erasing.erase(subject, how=Erasure.How.STAFF, by=by, reason=form.cleaned_data["reason"])
        messages.success(request, _("Erased. A last mail told the person what was erased and what is kept."))
        return redirect(lists.url(Erasure))
    return render(request, "accounts/admin/erase.html", facts | erasing.preview(subject) | {"asked": True})
