"""Monitoring in the admin: the figures, and what was said about them."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from accounts.records.readonly_admin import RecordViewSet
from hub.facts.readonly_admin import day_column, moment_column
from monitoring.comments.models import Comment
from monitoring.figures.rules import may_see
from monitoring.indicators.models import Indicator


def _figure(comment: Comment) -> str:
    return reverse("monitoring_admin_figure", args=[comment.indicator.code])


class CommentViewSet(RecordViewSet):
    """What staff said about figures; it is written on the page of a figure."""

    model = Comment
    icon = "comment"
    menu_label = _("Comments on figures")
    list_display = [
        TitleColumn("text", label=_("Comment"), get_url=_figure),
        Column("indicator", label=_("Indicator")),
        day_column("until", _("About this day, or until")),
        Column("is_public", label=_("Everybody reads it")),
        moment_column("at", _("Written (Brussels)")),
    ]
    list_filter = ["is_public"]
    search_fields = ["text"]
    list_per_page = 50
    inspect_view_fields = ["indicator", "since", "until", "text", "language", "is_public", "by", "at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return Comment.objects.select_related("indicator", "by")


class IndicatorViewSet(RecordViewSet):
    """What the centre gives account of."""

    model = Indicator
    icon = "list-ul"
    menu_label = _("Indicators")
    list_display = ["__str__", "area", "is_public", "is_shown"]
    list_per_page = 50
    inspect_view_fields = ["code", "area", "name", "definition", "unit", "baseline", "baseline_on", "owner"]


class _FiguresMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


class MonitoringGroup(SnippetViewSetGroup):
    """The menu entry."""

    items: Any = (IndicatorViewSet, CommentViewSet)
    menu_icon = "table"
    menu_label = _("Monitoring")
    menu_name = "monitoring"
    menu_order = 228

    def get_submenu_items(self) -> list[MenuItem]:
        figures = _FiguresMenuItem(
            _("Figures"), reverse("monitoring_admin_figures"), name="figures", icon_name="table", order=1
        )
        return [figures, *super().get_submenu_items()]
