"""Lists and pages in the admin of what staff read but never write by hand."""

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Field, Model
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.permissions import get_permission_name
from wagtail.snippets.views.snippets import IndexView, InspectView, SnippetViewSet


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Staff who may change these rows see them; nobody adds, edits or deletes one by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and any(super(ReadOnlyPolicy, self).user_has_permission(user, a) for a in ACTIONS)


ACTIONS = ("view", "change")


def written(moment: Any) -> Any:
    """A moment as staff read it everywhere: in Brussels, with 24 hours; anything else as it is."""
    if not isinstance(moment, datetime):
        return moment
    return timezone.localtime(moment, ZoneInfo(settings.TIME_ZONE)).strftime("%Y-%m-%d %H:%M")


def written_language(code: str) -> str:
    """The name of a language of the portal in the reader's own; the code itself where it is none."""
    return str(gettext(dict(settings.LANGUAGES).get(code, code)))


class LanguageColumn(Column):
    """A language in a list, by its name."""

    def get_value(self, instance: Any) -> Any:
        return written_language(super().get_value(instance))


class MomentColumn(Column):
    """A moment in a list, written as on the page of its row."""

    def __init__(self, model: type[Model], name: str) -> None:
        field = cast("Field[Any, Any]", model._meta.get_field(name))
        super().__init__(name, label=capfirst(field.verbose_name), sort_key=name, classname="moment")

    def get_value(self, instance: Any) -> Any:
        return written(super().get_value(instance))


class ReadOnlyInspectView(InspectView):
    """The page of a row."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        # Wagtail makes words of what is not there.
        return "–" if value in (None, "None", "") else written(value)


class ReadOnlyIndexView(IndexView):
    """A list with boxes to tick where there is something to do to several rows, for those who may."""

    has_bulk_actions = False

    @property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns
        if self.has_bulk_actions and self.request.user.has_perm(get_permission_name("change", self.model)):
            return columns
        return [column for column in columns if not isinstance(column, BulkActionsCheckboxColumn)]


class ReadOnlyViewSet(SnippetViewSet):
    """A list and a page per row."""

    index_view_class = ReadOnlyIndexView
    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50

    @property
    def permission_policy(self) -> ReadOnlyPolicy:
        return ReadOnlyPolicy(self.model)

    def may_change(self, request: HttpRequest) -> None:
        """Stop whoever lacks the right that the row's buttons need."""
        if not request.user.has_perm(f"notifications.change_{self.model_name}"):
            raise PermissionDenied

    def back(self, row: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse(self.get_url_name("inspect"), args=[row.pk]))
