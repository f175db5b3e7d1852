"""Reports of reuse in the admin: what waits for the centre, and where it checks, takes down and enters."""

from typing import Any, cast

import django_filters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from accounts.menu.groups import LIBRARY
from accounts.records import lists
from accounts.records.readonly_admin import RecordIndexView, RecordViewSet
from accounts.users.models import User
from hub.changes.headers import header
from hub.facts.readonly_admin import moment_column
from practices.reuse import checking, reporting, rules
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.versions import Outcome
from practices.reuse_reports import presentation
from practices.reuse_reports.check_views import decided, not_decided
from practices.reuse_reports.forms import CheckForm, EntryForm, TakeDownForm, WholeForm


class ReuseFilters(WagtailFilterSet):
    """Which reports the list shows."""

    outcome = django_filters.ChoiceFilter(
        label=_("What came of it"), field_name="shown__outcome", choices=Outcome.choices
    )

    class Meta:
        model = Reuse
        fields = ["state", "country"]


def _check_url(reuse: Reuse) -> str:
    return reverse("practices_admin_check_reuse", args=[reuse.pk])


class ReuseIndexView(RecordIndexView):
    """The list, with the way to enter what others than members did."""

    @property
    def header_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_buttons
        if rules.is_staff(self.request.user):
            url = reverse("practices_admin_enter_reuse")
            buttons.append(HeaderButton(gettext("Enter reuse elsewhere"), url=url, icon_name="plus"))
        return buttons


class ReuseViewSet(RecordViewSet):
    """Who took what up where: what waits to be checked first, the oldest on top."""

    model = Reuse
    icon = "globe"
    menu_label = _("Taken up elsewhere")
    menu_hook = LIBRARY.hook
    menu_order = 3
    index_view_class = ReuseIndexView
    inspect_view_enabled = False
    list_display = [
        TitleColumn("name", label=_("Who"), get_url=_check_url),
        Column("practice", label=_("Practice")),
        Column("where", label=_("Where")),
        "state",
        moment_column("created_at", _("Reported (Brussels)")),
    ]
    list_export = ["name", "practice", "where", "state", "created_at"]
    export_filename = "reuse"
    search_fields = ["organisation__name", "adopter", "place", "practice__slug"]
    filterset_class = ReuseFilters
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reuse] | Any:
        turn = Case(When(state=Reuse.State.WAITING, then=Value(0)), default=Value(1), output_field=IntegerField())
        found = Reuse.objects.with_facts().select_related("practice").prefetch_related("practice__texts")
        return found.annotate(turn=turn).order_by("turn", "created_at", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """One report with its history; what waits is accepted or sent back, what stands can be taken down."""
    user, found = _staff(request), _reuse(pk)
    newest = reporting.newest_of(found)
    can_check = found.is_waiting and newest is not None and bool(rules.checks_as(user, found))
    form = CheckForm(request.POST if request.method == "POST" and can_check else None)
    if request.method == "POST" and not can_check:
        messages.error(request, not_decided())
        return redirect("practices_admin_check_reuse", pk)
    if newest and form.is_valid():
        if decided(newest, form, by=user, seen=request.POST.get("version", "")):
            messages.success(request, gettext("Decided. Who wrote it hears of it by mail."))
            return redirect(_list_url())
        messages.error(request, not_decided())
        return redirect("practices_admin_check_reuse", pk)
    told = presentation.tellings(found, only_accepted=False)
    facts = {
        **header(gettext("Report of reuse"), (gettext("Taken up elsewhere"), _list_url()), icon="globe", of=str(found)),
        "reuse": found,
        "now": told[0] if told else None,
        "earlier": told[1:],
        "form": form,
        "can_check": can_check,
        "back_url": _list_url(),
    }
    return render(request, "practices/admin/reuse.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the pages for good, with a reason that its organisation reads."""
    _staff(request)
    found = _reuse(pk)
    form = TakeDownForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if checking.take_down(found, reason=form.cleaned_data["reason"]):
            messages.success(request, gettext("The report is taken down. Its organisation hears why."))
        else:
            messages.error(request, gettext("It was withdrawn or taken down before."))
        return redirect(_list_url())
    crumb = (str(found), _check_url(found))
    facts = {
        **header(gettext("Take the report down"), crumb, icon="warning", of=str(found)),
        "form": form,
        "back_url": _check_url(found),
    }
    return render(request, "practices/admin/take_reuse_down.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Reuse by others than members, with a source; visitors read it at once."""
    user = _staff(request)
    data = request.POST if request.method == "POST" else None
    whole = WholeForm(EntryForm(data), data)
    if data is not None and whole.is_valid() and _entered(whole, by=user):
        messages.success(request, gettext("It stands on the page of the practice."))
        return redirect(_list_url())
    facts = {
        **header(gettext("Enter reuse elsewhere"), (gettext("Taken up elsewhere"), _list_url()), icon="globe"),
        "whole": whole,
        "form": whole.form,
        "back_url": _list_url(),
    }
    return render(request, "practices/admin/enter_reuse.html", facts, status=422 if whole.errors else 200)


def _entered(whole: WholeForm, *, by: User) -> bool:
    form = cast(EntryForm, whole.form)
    answers = form.cleaned_data
    adopter = " ".join(answers["adopter"].split())
    try:
        reporting.enter(answers["practice"], adopter=adopter, place=form.where, account=whole.account, by=by)
    except reporting.NoSourceError:
        form.add_error(None, gettext("Give a source: what the centre enters of others is shown with where it is from."))
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors


def _staff(request: HttpRequest) -> User:
    if not rules.is_staff(request.user):
        raise PermissionDenied
    return cast(User, request.user)


def _reuse(pk: int) -> Reuse:
    return get_object_or_404(Reuse.objects.with_facts().select_related("practice__owner"), pk=pk)


def _list_url() -> str:
    return lists.url(Reuse)


urlpatterns: list[URLPattern] = [
    path("practices/reuse/enter/", enter, name="practices_admin_enter_reuse"),
    path("practices/reuse/<int:pk>/", check, name="practices_admin_check_reuse"),
    path("practices/reuse/<int:pk>/take-down/", take_down, name="practices_admin_take_reuse_down"),
]
