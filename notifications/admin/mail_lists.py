"""What the admin's lists and pages about mail have in common."""

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Field, Model
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import InspectView

from accounts.records.readonly_admin import RecordViewSet


def written(moment: Any) -> Any:
    """A moment as staff read it everywhere: in Brussels, with 24 hours; anything else as it is."""
    if not isinstance(moment, datetime):
        return moment
    return date_format(timezone.localtime(moment, ZoneInfo(settings.TIME_ZONE)), "DATETIME_FORMAT")


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


class MailInspectView(InspectView):
    """The page of a row."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        # Wagtail makes words of what is not there.
        return "–" if value in (None, "None", "") else written(value)


class MailViewSet(RecordViewSet):
    """A list and a page per row, with buttons for who may change it."""

    list_per_page = 50

    def may_change(self, request: HttpRequest) -> None:
        """Stop whoever lacks the right that the row's buttons need."""
        if not request.user.has_perm(f"notifications.change_{self.model_name}"):
            raise PermissionDenied

    def back(self, row: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse(self.get_url_name("inspect"), args=[row.pk]))
