"""The open data in pages: `next` leads through all of it, whatever changes meanwhile."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
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
_LARGEST_KEY = 2**63 - 1
PLACES = {"page", "cursor"}


def number(text: str, default: int) -> int:
    """A whole number as an address carries it; whatever is none counts as not given."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else default


class Cursor:
    """A place between two rows: behind a key, or before it. Readers are not to know how it is written."""

    def __init__(self, key: int, *, backwards: bool = False) -> None:
        self.key = key
        self.backwards = backwards

    def __str__(self) -> str:
        written = f"{'before' if self.backwards else 'after'}:{self.key}"
        return urlsafe_b64encode(written.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """NotFound for what no answer has given: to begin anew in silence would never end."""
        try:
            way, _colon, key = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition(":")
            found = cls(int(key), backwards=way == "before")
        except ValueError:
            found = None
        if found is None or str(found) != text or not 0 <= found.key <= _LARGEST_KEY:
            raise NotFound("This cursor is not known. Begin anew without it, and follow `next`.")
        return found


class Pages(BasePagination):
    """A walk over keys, which never change: each row that is there all the time comes once.

    Who asks for a `page` or an order gets the pages of the portal, by number; they move with every change.
    """

    page_size = PAGE_SIZE

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """The keys of the page that was asked for; one that is not there is not found."""
        asked = request.query_params
        self._size = min(number(asked.get("page_size", ""), self.page_size) or self.page_size, LARGEST_PAGE)
        self._address = f"{settings.SITE_URL}{request.path}"
        self._known = view.asked(request)
        if any(name in asked for name in ("page", "sort")):
            return self._numbered(queryset, number(asked.get("page", ""), 1))
        return self._walked(queryset, Cursor.read(asked["cursor"]) if asked.get("cursor") else None)

    def _numbered(self, found: Any, wanted: int) -> list[Any]:
        paginator = Paginator(found, self._size)
        if not 1 <= wanted <= paginator.num_pages:
            raise NotFound(f"There is no page {wanted}; the last one is page {paginator.num_pages}.")
        page = paginator.page(wanted)
        self._count = paginator.count
        self._next = self._link("page", page.next_page_number()) if page.has_next() else None
        self._previous = self._link("page", page.previous_page_number()) if page.has_previous() else None
        return list(page.object_list)

    def _walked(self, found: Any, place: Cursor | None) -> list[Any]:
        keys = _Keys(found)
        self._count = keys.count()
        backwards = place is not None and place.backwards
        some = keys.beside(place, self._size + 1)
        more = len(some) > self._size
        some = some[: self._size]
        if backwards:
            some.reverse()
        behind = more if not backwards else True
        before = more if backwards else place is not None
        self._next = self._link("cursor", Cursor(some[-1])) if some and behind else None
        self._previous = self._link("cursor", Cursor(some[0], backwards=True)) if some and before else None
        return some

    def get_paginated_response(self, data: Sequence[Any]) -> Response:
        """The page with the way to its neighbours and the terms of use."""
        return Response(
            {
                "count": self._count,
                "next": self._next,
                "previous": self._previous,
                "licence": LICENCE,
                "results": data,
            }
        )

    def _link(self, name: str, place: object) -> str:
        """The same question for another page, without what nobody here reads."""
        pairs = [pair for pair in self._known if pair[0] not in PLACES]
        return f"{self._address}?{urlencode([*pairs, (name, place)])}"

    def get_paginated_response_schema(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The same for the OpenAPI description."""
        link = {"type": "string", "nullable": True, "format": "uri"}
        text = {"type": "string"}
        licence = {"type": "object", "required": ["name", "uri"], "properties": {"name": text, "uri": text}}
        properties = {
            "count": {"type": "integer", "description": "How many rows fit now, on all pages together."},
            "next": link | {"description": "The next page; null on the last one."},
            "previous": link | {"description": "The page before; null on the first one."},
            "licence": licence | {"example": LICENCE},
            "results": schema,
        }
        return {"type": "object", "required": list(properties), "properties": properties}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Place and size, for the OpenAPI description."""

        def parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
            return {"name": name, "required": False, "in": "query", "description": description, "schema": schema}

        cursor = "Where the walk goes on, as `next` and `previous` give it; 404 for anything else."
        page = (
            "A page by number, in the order of the portal's own pages, which moves with every change; 404 past the "
            "last one. To read everything, leave it out and follow `next`."
        )
        return [
            parameter("cursor", cursor, type="string"),
            parameter("page", page, type="integer", minimum=1),
            parameter(
                "page_size", "Rows per page.", type="integer", minimum=1, default=self.page_size, maximum=LARGEST_PAGE
            ),
        ]


class _Keys:
    """Keys that fit a question, a queryset or a list of them, by size."""

    def __init__(self, found: Any) -> None:
        self._found = found

    def count(self) -> int:
        """How many there are."""
        return len(self._found) if isinstance(self._found, list) else self._found.count()

    def beside(self, place: Cursor | None, most: int) -> list[int]:
        """The nearest ones behind the place, or before it: then the largest comes first."""
        backwards = place is not None and place.backwards
        if isinstance(self._found, list):
            ordered = sorted(self._found, reverse=backwards)
            fits = (key for key in ordered if place is None or (key < place.key if backwards else key > place.key))
            return [key for key, _number in zip(fits, range(most), strict=False)]
        rows = self._found.order_by("-pk" if backwards else "pk")
        if place is not None:
            rows = rows.filter(pk__lt=place.key) if backwards else rows.filter(pk__gt=place.key)
        return list(rows[:most])
