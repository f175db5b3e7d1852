"""Pages with words that nobody reads yet: a report for staff, and what of it stands on the first page of the admin."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import PageReportView
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import Translation
from wagtail_localize.views.report import TranslationsReportView

from accounts.day.work import Line, Step
from hub.pages.models import NewsIndexPage, NewsPage

_MAY = ("add", "change", "publish")


def drafts(user: Any) -> Any:
    """Of the pages that somebody may edit, those with changes that are not published."""
    pages = page_permission_policy.instances_user_has_any_permission_for(user, _MAY)
    return pages.filter(has_unpublished_changes=True)


def behind() -> QuerySet[Translation]:
    """Translations of which words are missing."""
    found: QuerySet[Translation] = TranslationsReportView().get_queryset()
    return found.filter(waiting_for_translation=True)


class DraftsView(PageReportView):
    """The longest untouched first."""

    page_title = _("Pages in draft")
    header_icon = "edit"
    index_url_name = "hub_admin_drafts"
    index_results_url_name = "hub_admin_drafts_results"
    any_permission_required = _MAY

    def get_queryset(self) -> Any:
        found = drafts(self.request.user).prefetch_workflow_states().select_related("content_type", "locale")
        self.queryset = found.annotate_approved_schedule().order_by("latest_revision_created_at", "pk")
        return super().get_queryset()


class DraftsMenuItem(MenuItem):
    """For those who edit pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(page_permission_policy.user_has_any_permission(request.user, _MAY))


def menu_item() -> MenuItem:
    """Below the pages."""
    return DraftsMenuItem(_("Pages in draft"), reverse("hub_admin_drafts"), icon_name="edit", order=150)


def work(user: Any) -> Iterator[Line]:
    """For those who edit pages, and who translate them."""
    if page_permission_policy.user_has_any_permission(user, _MAY):
        yield Line(gettext("Pages with changes that are not published"), reverse("hub_admin_drafts"), drafts(user))
    if user.has_perm("wagtail_localize.submit_translation"):
        url = f"{reverse('wagtail_localize:translations_report')}?waiting_for_translation=true"
        yield Line(gettext("Translations of which words are missing"), url, behind())


def begin(user: Any) -> Iterator[Step]:
    """Write news, below the first overview of news that takes it from this person."""
    for index in NewsIndexPage.objects.live().order_by("path")[:10]:
        if index.permissions_for_user(user).can_add_subpage():
            meta = NewsPage._meta
            url = reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, index.pk])
            yield Step(gettext("Write news"), url)
            return


urlpatterns: list[URLPattern] = [
    path("reports/drafts/", DraftsView.as_view(), name="hub_admin_drafts"),
    path("reports/drafts/results/", DraftsView.as_view(results_only=True), name="hub_admin_drafts_results"),
]
