"""Interests in the admin: read and taken away as a file, changed by nobody."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from accounts.records.readonly_admin import RecordViewSet
from consortia.interest.models import Interest
from hub.facts.readonly_admin import moment_column
from hub.vocabularies.models import Term
from partners.organisations.admin import MENU_HOOK


class InterestFilters(WagtailFilterSet):
    """Which interests the list shows."""

    sector = django_filters.ModelChoiceFilter(label=_("Sector"), queryset=Term.objects.of("sector"))
    tracks = django_filters.ModelChoiceFilter(label=_("Action track"), queryset=Term.objects.of("track"))

    class Meta:
        model = Interest
        fields = ["call", "status"]


class InterestViewSet(RecordViewSet):
    """Who wants to take part in which call."""

    model = Interest
    icon = "form"
    menu_hook = MENU_HOOK
    menu_order = 2
    menu_label = _("Interests")
    list_display = [
        "organisation_name",
        "call",
        "sector",
        Column("track_names", label=_("Action tracks")),
        "contact_name",
        "email",
        "status",
        moment_column("created_at", _("Registered (Brussels)")),
    ]
    list_export = [
        "organisation_name",
        "call",
        "sector",
        "track_names",
        "role",
        "contact_name",
        "email",
        "language",
        "offers",
        "status",
        "created_at",
        "confirmed_at",
    ]
    export_headings: dict[str, Any] = {"track_names": _("Action tracks")}
    export_filename = "interests"
    filterset_class = InterestFilters
    search_fields = ["organisation_name", "contact_name", "email"]
    list_per_page = 50
    inspect_view_fields = [*list_export[:3], "tracks", *list_export[4:]]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Interest]:
        return Interest.objects.select_related("call", "sector").prefetch_related("tracks")
