"""Finds the page of an address once per content version instead of once per request."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from hub.content_memory.content_version import remembered


class PageRouteMiddleware:
    """Hands Wagtail's own view the page that is remembered for this address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, kwargs: dict[str, Any]) -> None:
        """Called by Django when it knows the view."""
        if view is not serve:
            return
        try:
            where = (request.get_host(), get_language())
        except DisallowedHost:
            return
        path: str = kwargs.get("path", _args[0] if _args else "")
        # Both are where Wagtail itself keeps what it found for a request.
        request._wagtail_site = remembered(("site", *where), lambda: Site.find_for_request(request))  # type: ignore[attr-defined]
        route = remembered(("route", *where, path), lambda: Page.route_for_request(request, path))
        # A copy: what a request hangs on its page is not for the next one.
        request._wagtail_route_for_request = route and RouteResult(copy(route.page), route.args, route.kwargs)  # type: ignore[attr-defined]
