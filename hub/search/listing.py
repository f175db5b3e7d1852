"""Lists that visitors search and narrow: a whole page, or where htmx asks, only the part that changes."""

from collections.abc import Sequence
from typing import Any, Protocol

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext


class Listing(Protocol):
    """What `components/listing.html` shows of a list, whatever is in it."""

    @property
    def url(self) -> str:
        """Where the whole of it is."""

    @property
    def words(self) -> str:
        """What is searched for."""

    @property
    def page(self) -> Page[Any]:
        """The page of results."""

    @property
    def count_line(self) -> str:
        """How many there are, in words: for the heading and for screen readers."""

    @property
    def first_facets(self) -> Sequence[Any]:
        """The facets shown on arrival."""

    @property
    def more_facets(self) -> Sequence[Any]:
        """The others."""

    @property
    def chips(self) -> Sequence[Any]:
        """Everything that was asked for, with the address without it."""

    @property
    def beside_words(self) -> list[tuple[str, str]]:
        """What the search carries along."""

    @property
    def beside_facets(self) -> list[tuple[str, str]]:
        """What the form with the facets carries along."""


def render_listing(request: HttpRequest, folder: str, name: str, listing: Listing, **context: Any) -> HttpResponse:
    """The list called `name`: `<folder>/<name>.html`, or its part in `partials`; `context` has `heading` and more."""
    htmx = request.htmx  # type: ignore[attr-defined]  # set by its middleware
    part = bool(htmx) and not htmx.history_restore_request
    number = f"{gettext('Page')} {listing.page.number}" if listing.page.number > 1 else ""
    context |= {
        "listing": listing,
        "listing_id": name,
        "listing_title": " · ".join(filter(None, (listing.words, context["heading"], number))),
        "listing_status": " · ".join(filter(None, (listing.count_line, number))),
        "part": part,
        # On a phone the filters stay open while somebody chooses.
        "filters_open": bool(htmx) and htmx.trigger == f"{name}-filters",
    }
    response = render(request, f"{folder}/partials/{name}.html" if part else f"{folder}/{name}.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response
