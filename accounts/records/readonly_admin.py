"""Lists in the admin of what staff read, filter and download, and change nothing of by hand."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.permissions import get_permission_name
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Whoever may view or change these rows sees them; nobody adds, edits or deletes them in the admin's forms."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action != "view":
            return False
        return any(super(ReadOnlyPolicy, self).user_has_permission(user, right) for right in ("view", "change"))


class RecordIndexView(IndexView):
    """A list with boxes to tick only where there is something to do to several rows, for those who may."""

    has_bulk_actions = False

    @property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns
        if self.has_bulk_actions and self.request.user.has_perm(get_permission_name("change", self.model)):
            return columns
        return [column for column in columns if not isinstance(column, BulkActionsCheckboxColumn)]


class _ForWhoMayView:
    """For a view of a chooser: Wagtail's own shows every row to everybody who may open the admin."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy = ReadOnlyPolicy(self.model_class)  # type: ignore[attr-defined]  # Wagtail's
        if not policy.user_has_permission(request.user, "view"):
            raise PermissionDenied
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of a view
        return answer


def _guarded(view: type) -> type:
    return type(f"Guarded{view.__name__}", (_ForWhoMayView, view), {})


class RecordChooserViewSet(SnippetChooserViewSet):
    """The chooser that Wagtail makes for each kind of row: rows about people are not for everybody in the admin."""

    choose_view_class = _guarded(SnippetChooserViewSet.choose_view_class)
    choose_results_view_class = _guarded(SnippetChooserViewSet.choose_results_view_class)
    chosen_view_class = _guarded(SnippetChooserViewSet.chosen_view_class)
    chosen_multiple_view_class = _guarded(SnippetChooserViewSet.chosen_multiple_view_class)


class RecordViewSet(SnippetViewSet):
    """The admin's pages for such rows: a list, a page per row, a download."""

    index_view_class = RecordIndexView
    chooser_viewset_class = RecordChooserViewSet
    inspect_view_enabled = True
    copy_view_enabled = False

    @property
    def permission_policy(self) -> ReadOnlyPolicy:
        return ReadOnlyPolicy(self.model)
