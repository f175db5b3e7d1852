"""The page that lists all calls."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.url_routing import RouteResult

from calls.overview import call_list
from calls.pages.models import CallPage
from hub.languages.reading_order import one_page_each
from hub.pages.base import PortalPage
from hub.site.visibility import visible


class CallIndexPage(PortalPage):
    """All calls: the open ones first, then those that are past."""

    per_page: ClassVar[int] = 20

    parent_page_types: ClassVar[list[str]] = ["hub.HomePage"]
    subpage_types: ClassVar[list[str]] = ["hub.CallPage"]

    class Meta:
        verbose_name = _("calls overview")
        verbose_name_plural = _("calls overviews")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = one_page_each(visible(CallPage.objects.all()), "call_id", self.locale.language_code).with_facts()
        return context | call_list.overview(pages, request.GET, per_page=self.per_page)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Below it are only calls: page, facts and contact come in one query, where Wagtail would ask for each."""
        if not path_components:
            return super().route(request, path_components)
        slug, *rest = path_components
        pages = CallPage.objects.child_of(self).select_related("call__contact", "contact", "locale")
        page = pages.filter(slug=slug).first()
        if page is None:
            raise Http404
        return page.route(request, rest)
