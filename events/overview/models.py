"""The page that lists all events."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.overview.agenda import Agenda
from hub.pages.base import PortalPage
from hub.search.listing import render_listing


class EventIndexPage(PortalPage):
    """The agenda: what comes, then what is past; or a month."""

    parent_page_types: ClassVar[list[str]] = ["hub.HomePage"]
    subpage_types: ClassVar[list[str]] = ["events.EventPage"]

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The whole page; with htmx only the part that changes."""
        agenda = Agenda(request.GET, self.locale.language_code, self.get_url(request) or "")
        context = self.get_context(request, *args, **kwargs) | {"agenda": agenda, "heading": self.title}
        del context["request"]  # rendering puts it there
        return render_listing(request, "events", "agenda", agenda, search_label=gettext("Search events"), **context)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """As visitors will see it."""
        return self.serve(request)
