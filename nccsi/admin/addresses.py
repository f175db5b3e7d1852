"""Addresses of Wagtail's admin that the portal does not offer: its test pages, and acts on the root of all pages.

The root is no page of the site: nothing stands above it, and Wagtail's views of these acts break on it.
"""

from typing import NoReturn

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, register_converter
from django.urls.converters import IntConverter
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import LogoutView
from wagtail.models import Page


class RootConverter(IntConverter):
    """The number of the root; any other number is left to Wagtail's own address."""

    def to_python(self, value: str) -> int:
        number = super().to_python(value)
        if not Page.objects.filter(pk=number, depth=1).exists():
            raise ValueError(value)
        return number


register_converter(RootConverter, "root")


def closed(request: HttpRequest, **arguments: object) -> NoReturn:
    """There is nothing here, for nobody."""
    raise Http404


_by_button = require_admin_access(require_POST(LogoutView.as_view()))


def sign_out(request: HttpRequest) -> HttpResponse:
    """Wagtail's own, by its button alone: opened as a link it would say "logged out" and leave the session open."""
    answer: HttpResponse = _by_button(request)
    return answer


urlpatterns = [
    path("logout/", sign_out),
    path("failwhale/", closed),  # raises an exception, to see what happens then
    path("test404/", closed),
    path("pages/<root:page>/set_position/", closed),
    path("pages/<root:page>/move/<int:destination>/confirm/", closed),
    path("pages/<root:page>/lock/", closed),
    path("pages/<root:page>/unlock/", closed),
]
