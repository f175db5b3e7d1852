"""Lists in the admin of what staff read, filter and download, and change nothing of by hand."""

from typing import Any

from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.permissions import get_permission_name
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


class RecordViewSet(SnippetViewSet):
    """The admin's pages for such rows: a list, a page per row, a download."""

    index_view_class = RecordIndexView
    inspect_view_enabled = True
    copy_view_enabled = False

    @property
    def permission_policy(self) -> ReadOnlyPolicy:
        return ReadOnlyPolicy(self.model)
