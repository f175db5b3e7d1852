"""The logbook in the admin."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton

from accounts.records.readonly_admin import RecordIndexView, RecordViewSet
from hub.dates.words import day
from hub.facts.readonly_admin import moment_column
from monitoring.logbook import screens
from monitoring.logbook.models import LogbookEntry


def _day(entry: LogbookEntry) -> str:
    return day(entry.current.day) if entry.current else ""


def _by(entry: LogbookEntry) -> str:
    return str(entry.current.by or "–") if entry.current else ""


def _versions(entry: LogbookEntry) -> str:
    return str(entry.current.number) if entry.current else ""


def _taken_over(entry: LogbookEntry) -> str:
    return gettext("yes") if entry.taken_over_at else ""


class LogbookIndexView(RecordIndexView):
    """The list, and the way to the next entry."""

    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_buttons
        if screens.may_write(self.request.user):
            url = reverse("monitoring_admin_write_entry")
            buttons.append(HeaderButton(gettext("Write an entry"), url=url, icon_name="plus"))
        return buttons


class LogbookViewSet(RecordViewSet):
    """What was learned about our own work."""

    model = LogbookEntry
    icon = screens.ICON
    menu_label = _("Logbook")
    menu_name = "logbook"
    index_view_class = LogbookIndexView
    inspect_view_enabled = False
    list_per_page = 50
    search_fields = ["versions__assumed", "versions__happened", "versions__changes"]
    list_display = [
        TitleColumn("__str__", label=_("What we assumed"), get_url=screens.entry_url),
        Column("day", label=_("Day"), accessor=_day),
        Column("versions", label=_("Version"), accessor=_versions),
        Column("by", label=_("By"), accessor=_by),
        Column("taken_over", label=_("Question of the learning agenda"), accessor=_taken_over),
        moment_column("created_at", _("Written (Brussels)")),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[LogbookEntry]:
        return LogbookEntry.objects.with_current()
