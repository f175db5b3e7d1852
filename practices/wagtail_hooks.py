"""The library as staff see it in the admin: list, filters, editor with draft, preview and history."""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from hub.models import Term
from practices.editing import edit_handler
from practices.models import Practice, PracticeText
from practices.review_admin import ReviewActionView, ReviewedEditView, SubmissionViewSet


def _status(practice: Practice) -> str:
    """What staff must know at a glance; Wagtail's own column asks the database about each row."""
    if practice.live:
        return gettext("published, changes waiting") if practice.has_unpublished_changes else gettext("published")
    return gettext("expired") if practice.expired else gettext("draft")


def _is_published(practice: Practice) -> bool:
    return practice.live


class PracticeAdminFilterSet(WagtailFilterSet):
    """What staff narrow the list by."""

    live = django_filters.BooleanFilter(label=_("Published"))
    kind = django_filters.ModelChoiceFilter(queryset=Term.objects.of("kind"), label=_("Kind"))
    stage = django_filters.ModelChoiceFilter(queryset=Term.objects.of("stage"), label=_("Stage"))
    evidence = django_filters.ModelChoiceFilter(queryset=Term.objects.of("evidence"), label=_("Evidence"))
    theme = django_filters.ModelChoiceFilter(field_name="terms", queryset=Term.objects.of("theme"), label=_("Theme"))
    country = django_filters.ModelChoiceFilter(
        field_name="terms", queryset=Term.objects.of("country"), label=_("Country")
    )
    checked_before = django_filters.DateFilter(
        field_name="checked_on", lookup_expr="lt", label=_("Last checked before")
    )

    class Meta:
        model = Practice
        fields: list[str] = []


class PracticeIndexView(IndexView):
    """Searches the titles in every language and shows each practice once."""

    def search_queryset(self, queryset: QuerySet[Practice]) -> QuerySet[Practice]:
        if not self.is_searching:
            return queryset
        return queryset.filter(pk__in=super().search_queryset(queryset).order_by().values("pk"))


class PracticeViewSet(SnippetViewSet):
    """The menu entry "Practices"."""

    model = Practice
    icon = "clipboard-list"
    menu_label = _("Practices")
    menu_name = "practices"
    menu_order = 210
    add_to_admin_menu = True
    index_view_class = PracticeIndexView
    edit_view_class = ReviewedEditView
    workflow_action_view_class = ReviewActionView
    edit_handler = edit_handler
    filterset_class = PracticeAdminFilterSet
    search_fields = ["texts__title", "slug", "place", "owner_name"]
    list_display = [
        "__str__",
        Column("kind", label=_("Kind"), sort_key="kind__position"),
        Column("stage", label=_("Stage"), sort_key="stage__position"),
        Column("evidence", label=_("Evidence"), sort_key="evidence__position"),
        Column("checked_on", label=_("Last checked on"), sort_key="checked_on"),
        StatusTagColumn("live", accessor=_status, primary=_is_published, label=_("Status"), sort_key="live"),
        UpdatedAtColumn(label=_("Changed on")),
    ]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Practice] | Any:
        """Rows with what the columns show, in a fixed number of queries."""
        titles = PracticeText.objects.only("practice_id", "language", "title")
        return Practice.objects.select_related("kind", "stage", "evidence").prefetch_related(Prefetch("texts", titles))


register_snippet(PracticeViewSet)
register_snippet(SubmissionViewSet)
