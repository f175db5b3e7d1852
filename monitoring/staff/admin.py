"""Monitoring in the admin's menu."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from monitoring.by_hand.admin import IndicatorViewSet
from monitoring.logbook.admin import LogbookViewSet
from monitoring.report_pages.admin import ReportViewSet, TemplateViewSet


class MonitoringGroup(SnippetViewSetGroup):
    """The menu entry."""

    items: Any = (IndicatorViewSet, ReportViewSet, TemplateViewSet, LogbookViewSet)
    menu_icon = "table"
    menu_label = _("Monitoring")
    menu_name = "monitoring"
    menu_order = 228
