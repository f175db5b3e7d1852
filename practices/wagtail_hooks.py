"""The library as staff see it in the admin: list, editor with draft, preview and history, import and export."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, StatusTagColumn, UpdatedAtColumn
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from accounts.day import work
from accounts.menu.groups import LIBRARY
from hub.facts.viewset import HeldViewSet
from practices.admin import bulk_actions
from practices.admin.import_screens import SCREENS
from practices.admin.practice_list import (
    PracticeAdminFilterSet,
    PracticeIndexView,
    is_published,
    listed,
    status_of,
)
from practices.admin.work import work as of_practices
from practices.import_export import importing
from practices.mainstreaming.admin import PolicyHookViewSet
from practices.practice.models.practice import Practice
from practices.practice.models.texts import PracticeText
from practices.reuse_reports import admin as reuse_admin
from practices.review.admin import ReviewActionView, ReviewedEditView, SubmissionViewSet
from practices.review.panels import edit_handler


class PracticeViewSet(HeldViewSet):
    """The list of practices with its editor."""

    model = Practice
    icon = "clipboard-list"
    menu_label = _("Practices")
    menu_hook = LIBRARY.hook
    menu_order = 1
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
        StatusTagColumn("live", accessor=status_of, primary=is_published, label=_("Status"), sort_key="live"),
        UpdatedAtColumn(label=_("Changed on")),
    ]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Practice] | Any:
        """Rows with what the columns show, in a fixed number of queries."""
        titles = PracticeText.objects.only("practice_id", "language", "title")
        return listed().select_related("kind", "stage", "evidence").prefetch_related(Prefetch("texts", titles))

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), *SCREENS.urlpatterns()]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of a practice says about an import."""
    actions.register_action(importing.LOG_ACTION, _("Import"), _("Imported from a spreadsheet"))


@hooks.register("register_admin_urls")
def reuse_urls() -> list[URLPattern]:
    return reuse_admin.urlpatterns


for action in bulk_actions.ALL:
    hooks.register("register_bulk_action", action)
hooks.register(LIBRARY.hook, SCREENS.menu_item)
for viewset in (PracticeViewSet, SubmissionViewSet, reuse_admin.ReuseViewSet, PolicyHookViewSet):
    register_snippet(viewset)
work.register(of_practices)
