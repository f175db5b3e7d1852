"""Lists in the admin of what visitors sent: staff read, filter and download them, and change nothing by hand."""

from typing import Any

from django.utils.formats import date_format
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from hub.dates import brussels

# Day before month, and the hour as the clocks in Brussels show it: nobody can read it wrong.
MOMENT = "j F Y, H:i"
DAY = "j F Y"


def moment_column(name: str, label: Any, *, has_time: str = "") -> Column:
    """A column with a moment in Brussels time, by which the list can be sorted.

    `has_time` names what says of a row whether its hour matters.
    """

    def written(row: Any) -> str:
        moment = getattr(row, name)
        form = DAY if has_time and not getattr(row, has_time) else MOMENT
        return date_format(brussels.local(moment), form) if moment else ""

    return Column(name, label=label, accessor=written, sort_key=name)


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Whoever may view or change these rows sees them; nobody adds, edits or deletes them in the admin's forms."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action != "view":
            return False
        return any(super(ReadOnlyPolicy, self).user_has_permission(user, right) for right in ("view", "change"))


class RecordIndexView(IndexView):
    """A list with a download and without boxes to tick: nobody changes several of these rows at once."""

    @property
    def columns(self) -> list[Column]:
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]


class RecordViewSet(SnippetViewSet):
    """The admin's pages for such rows: a list, a page per row, a download."""

    index_view_class = RecordIndexView
    inspect_view_enabled = True
    copy_view_enabled = False

    @property
    def permission_policy(self) -> ReadOnlyPolicy:
        return ReadOnlyPolicy(self.model)
