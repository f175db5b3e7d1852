"""Offers and requests in the admin: what stands, what is over, and taking one down."""

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
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import TitleColumn

from accounts.menu.groups import PARTNERS
from accounts.records import lists
from accounts.records.readonly_admin import RecordViewSet
from hub.changes.headers import header
from hub.facts.readonly_admin import day_column, moment_column
from partners.exchange import publishing
from partners.exchange.models import Notice, NoticeQuerySet
from partners.members.rules import is_staff

STATES = [("standing", _("standing")), ("over", _("over")), ("withdrawn", _("withdrawn"))]


class NoticeFilters(WagtailFilterSet):
    """Which of them the list shows."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="filter_state")

    created_at = django_filters.DateFromToRangeFilter(label=_("Written"), widget=DateRangePickerWidget)

    class Meta:
        model = Notice
        fields = ["kind"]

    def filter_state(self, rows: NoticeQuerySet, name: str, value: str) -> NoticeQuerySet:
        if value == "withdrawn":
            return rows.exclude(withdrawn_at=None)
        if value == "standing":
            return rows.standing()
        return rows.filter(withdrawn_at=None).exclude(pk__in=Notice.objects.standing().order_by().values("pk"))


def _take_down_url(notice: Notice) -> str:
    return reverse("partners_admin_take_down_notice", args=[notice.pk])


class NoticeViewSet(RecordViewSet):
    """What organisations offer and seek."""

    model = Notice
    icon = "resubmit"
    menu_hook = PARTNERS.hook
    menu_order = 2
    menu_label = _("Offers and requests")
    list_display = [
        TitleColumn("title", label=_("Title"), get_url=_take_down_url),
        "kind",
        "organisation",
        day_column("until", _("Until")),
        moment_column("renewed_at", _("Renewed (Brussels)")),
        moment_column("withdrawn_at", _("Withdrawn (Brussels)")),
    ]
    filterset_class = NoticeFilters
    search_fields = ["title", "organisation__name"]
    list_per_page = 50
    inspect_view_fields = [
        *("kind", "organisation", "title", "text", "language", "country", "region", "call", "until", "made_by"),
        *("created_at", "renewed_at", "withdrawn_at", "taken_down_reason"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        return Notice.objects.select_related("organisation")


class TakeDownForm(forms.Form):
    """Why, for the people of the organisation."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The people of the organisation read it in a mail."),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them as visitors read it, and the form that takes it down."""
    if not is_staff(request.user):
        raise PermissionDenied
    found = get_object_or_404(Notice.objects.with_facts(), pk=pk)
    form = TakeDownForm(request.POST if request.method == "POST" else None)
    list_url = lists.url(Notice)
    if form.is_valid():
        if publishing.take_down(found, reason=form.cleaned_data["reason"]):
            messages.success(request, gettext("It is taken down. The people of the organisation hear why by mail."))
        else:
            messages.error(request, gettext("It was withdrawn before."))
        return redirect(list_url)
    facts = {
        **header(
            gettext("Offer or request"), (gettext("Offers and requests"), list_url), icon="resubmit", of=found.title
        ),
        "notice": found,
        "form": form,
        "back_url": list_url,
    }
    return render(request, "partners/admin/notice.html", facts)


urlpatterns: list[URLPattern] = [
    path("partners/notices/<int:pk>/", take_down, name="partners_admin_take_down_notice"),
]
