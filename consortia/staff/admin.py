"""Interests and introductions in the admin: read and taken away as a file, changed by nobody."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from accounts.menu.groups import PARTNERS
from accounts.records.readonly_admin import RecordViewSet
from consortia.board.facets import AT, places
from consortia.interest.models import Interest
from consortia.introductions.models import Introduction
from hub.facts.readonly_admin import moment_column, yes_column
from hub.vocabularies.models import Term

# More of a call's title would push what counts out of a window of 1280 pixels.
_LONGEST_TITLE = 40


class InterestFilters(WagtailFilterSet):
    """Which interests the list shows."""

    sector = django_filters.ModelChoiceFilter(label=_("Sector"), queryset=Term.objects.of("sector"))
    tracks = django_filters.ModelChoiceFilter(label=_("Action track"), queryset=Term.objects.of("track"))
    place = django_filters.ModelChoiceFilter(
        label=_("Province or country"), queryset=lambda request: places(), method="at_place"
    )

    confirmed_at = django_filters.DateFromToRangeFilter(label=_("Confirmed"), widget=DateRangePickerWidget)

    class Meta:
        model = Interest
        fields = ["call", "role", "status", "is_shown"]

    def at_place(self, interests: QuerySet[Interest], name: str, value: Term) -> QuerySet[Interest]:
        """Those of organisations of the directory there: in a province of Belgium, or elsewhere in a country."""
        return interests.alias(place=AT).filter(place=value.pk)


def _board(interest: Interest) -> str:
    return reverse("consortia_admin_board", args=[interest.call_id])


def _short_title(interest: Interest) -> str:
    return Truncator(str(interest.call)).chars(_LONGEST_TITLE)


class InterestViewSet(RecordViewSet):
    """Who wants to take part in which call, with the way to the board of the call."""

    model = Interest
    icon = "form"
    menu_hook = PARTNERS.hook
    menu_order = 2
    menu_label = _("Interests")
    list_display = [
        "organisation_name",
        TitleColumn("call", label=_("Board of the call"), accessor=_short_title, get_url=_board, sort_key="call"),
        yes_column("is_shown", _("Others may see it")),
        Column("get_role_display", label=_("Role")),
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
        "contribution_lines",
        "role",
        "contact_name",
        "email",
        "language",
        "offers",
        "looks_for",
        "sought",
        "is_shown",
        "status",
        "created_at",
        "confirmed_at",
    ]
    export_headings: dict[str, Any] = {
        "contribution_lines": _("Action tracks"),
        "sought": _("Action tracks and sectors that it seeks"),
    }
    export_filename = "interests"
    filterset_class = InterestFilters
    search_fields = ["organisation_name", "contact_name", "email"]
    list_per_page = 50
    inspect_view_fields = [
        *("organisation_name", "organisation", "call", "sector", "role", "contribution_lines"),
        *("offers", "looks_for", "seeks", "is_shown", "contact_name", "email", "language"),
        *("status", "created_at", "confirmed_at"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Interest]:
        rows = Interest.objects.select_related("call", "sector")
        return rows.prefetch_related("contributions__track", "seeks")


class IntroductionFilters(WagtailFilterSet):
    """Which introductions the list shows."""

    class Meta:
        model = Introduction
        fields = ["call", "status"]


class IntroductionViewSet(RecordViewSet):
    """Who asked whom in which call, when, and what came of it: what people wrote to each other is not for staff."""

    model = Introduction
    icon = "group"
    menu_hook = PARTNERS.hook
    menu_order = 3
    menu_label = pgettext_lazy("of organisations", "Introductions")
    list_display = [
        "from_organisation",
        "to_organisation",
        "call",
        "status",
        moment_column("asked_at", _("Asked (Brussels)")),
        moment_column("answered_at", _("Answered (Brussels)")),
    ]
    list_export = ["from_organisation", "to_organisation", "call", "status", "asked_at", "answered_at"]
    export_filename = "introductions"
    filterset_class = IntroductionFilters
    search_fields = ["from_organisation__name", "to_organisation__name"]
    list_per_page = 50
    inspect_view_fields = [*list_export, "asked_by", "answered_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Introduction]:
        return Introduction.objects.with_names().select_related("asked_by", "answered_by")
