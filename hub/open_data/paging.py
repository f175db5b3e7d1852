"""The open data in pages: `next` leads through all of it."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from rest_framework.exceptions import NotFound
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from hub.open_data.licence import LICENCE

PAGE_SIZE = 50
LARGEST_PAGE = 200
_LONGEST_NUMBER = 9


def number(text: str, default: int) -> int:
    """A whole number as an address carries it; whatever is none counts as not given."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else default


class Pages(BasePagination):
    """Page numbers as on the portal's own pages, with a size of one's own choice up to a limit."""

    page_size = PAGE_SIZE

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """The keys or rows of the page that was asked for; one that is not there is not found."""
        asked = request.query_params
        size = min(number(asked.get("page_size", ""), self.page_size) or self.page_size, LARGEST_PAGE)
        paginator = Paginator(queryset, size)
        wanted = number(asked.get("page", ""), 1)
        if not 1 <= wanted <= paginator.num_pages:
            raise NotFound(f"There is no page {wanted}; the last one is page {paginator.num_pages}.")
        self.page = paginator.page(wanted)
        self._address = f"{settings.SITE_URL}{request.path}"
        self._known = view.asked(request)
        return list(self.page.object_list)

    def get_paginated_response(self, data: Sequence[Any]) -> Response:
        """The page with the way to its neighbours and the terms of use."""
        page = self.page
        return Response(
            {
                "count": page.paginator.count,
                "next": self._link(page.next_page_number()) if page.has_next() else None,
                "previous": self._link(page.previous_page_number()) if page.has_previous() else None,
                "licence": LICENCE,
                "results": data,
            }
        )

    def _link(self, page: int) -> str:
        """The same question for another page, without what nobody here reads."""
        pairs = [pair for pair in self._known if pair[0] != "page"]
        return f"{self._address}?{urlencode([*pairs, ('page', page)])}"

    def get_paginated_response_schema(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The same for the OpenAPI description."""
        link = {"type": "string", "nullable": True, "format": "uri"}
        text = {"type": "string"}
        licence = {"type": "object", "required": ["name", "uri"], "properties": {"name": text, "uri": text}}
        properties = {
            "count": {"type": "integer", "description": "How many rows fit, on all pages together."},
            "next": link | {"description": "The next page; null on the last one."},
            "previous": link | {"description": "The page before; null on the first one."},
            "licence": licence | {"example": LICENCE},
            "results": schema,
        }
        return {"type": "object", "required": list(properties), "properties": properties}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Page and size, for the OpenAPI description."""

        def whole(name: str, description: str, **more: Any) -> dict[str, Any]:
            schema = {"type": "integer", "minimum": 1} | more
            return {"name": name, "required": False, "in": "query", "description": description, "schema": schema}

        return [
            whole("page", "The page; 404 past the last one. Follow `next` instead of counting.", default=1),
            whole("page_size", "Rows per page.", default=self.page_size, maximum=LARGEST_PAGE),
        ]
