"""Addresses of Wagtail's admin that the portal does not offer: its test pages, and acts on the root of all pages.

The root is no page of the site: nothing stands above it, and Wagtail's views of these acts break on it.
"""

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import path, register_converter
from django.urls.converters import IntConverter
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


urlpatterns = [
    path("failwhale/", closed),  # raises an exception, to see what happens then
    path("test404/", closed),
    path("pages/<root:page>/set_position/", closed),
    path("pages/<root:page>/move/<int:destination>/confirm/", closed),
    path("pages/<root:page>/lock/", closed),
    path("pages/<root:page>/unlock/", closed),
]
