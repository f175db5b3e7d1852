"""Monitoring in the admin's menu: figures and reports stand beside the pages that tell of them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from accounts.menu.groups import CONTENT
from monitoring.by_hand.admin import IndicatorViewSet
from monitoring.comments.admin import CommentViewSet
from monitoring.figures.rules import may_see
from monitoring.logbook.admin import LogbookViewSet
from monitoring.report_pages.admin import ReportViewSet, TemplateViewSet


class _FiguresMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


class MonitoringGroup(SnippetViewSetGroup):
    """The entry below the content."""

    items: Any = (IndicatorViewSet, CommentViewSet, ReportViewSet, TemplateViewSet, LogbookViewSet)
    menu_icon = "table"
    menu_label = _("Monitoring")
    menu_name = "monitoring"
    menu_hook = CONTENT.hook
    menu_order = 500

    def get_submenu_items(self) -> list[MenuItem]:
        figures = _FiguresMenuItem(
            _("Figures"), reverse("monitoring_admin_figures"), name="figures", icon_name="table", order=1
        )
        return [figures, *super().get_submenu_items()]
