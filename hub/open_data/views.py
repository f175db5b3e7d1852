"""How the open data is asked and answered, the same for every app."""

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import override
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, status
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from hub.content_memory import content_version
from hub.open_data import freshness, problems
from hub.open_data.licence import LINK
from hub.open_data.limits import ReadingLimit
from hub.open_data.paging import PLACES, Pages
from hub.pages.renaming import KEPT, slug_now

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# A page tells its reader's language by its address; here a parameter of its own does.
PREFER = OpenApiParameter(
    "prefer",
    enum=LANGUAGES,
    description=f"Language that comes first in orders that depend on one; `{LANGUAGES[0]}` unless given.",
)


class KnownAlreadyError(exceptions.APIException):
    """The reader has this very answer."""

    status_code = status.HTTP_304_NOT_MODIFIED


class RenamedError(exceptions.APIException):
    """What had this name has another one now."""

    status_code = status.HTTP_301_MOVED_PERMANENTLY

    def __init__(self, slug: str) -> None:
        super().__init__()
        self.slug = slug


class OpenDataView(APIView):
    """An address that anybody may read, from any site, without being known."""

    permission_classes = [AllowAny]
    authentication_classes: Sequence[Any] = []
    parser_classes: Sequence[Any] = []
    renderer_classes: Sequence[Any] = [JSONRenderer]
    throttle_classes: Sequence[type[BaseThrottle]] = [ReadingLimit]
    http_method_names = ["get", "head", "options"]
    # What may be asked; everything else is left out of the question, and of the addresses of further pages.
    parameters: ClassVar[Sequence[OpenApiParameter]] = ()
    # Whether an answer changes without any content doing so: days pass, people sign up.
    moves_by_itself: ClassVar[bool] = False
    kept: ClassVar[str] = freshness.PUBLIC

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One answer, in no language but the one that was asked for: nothing depends on cookies or the browser."""
        self._tag = ""
        preferred = request.GET.get("prefer", "")
        with override(preferred if preferred in LANGUAGES else LANGUAGES[0]):
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, Response):
                response.render()
        response = self._finished(request, response)
        response.headers["Content-Language"] = ", ".join(LANGUAGES)
        response.headers["Link"] = LINK
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Spares the work where the reader has the answer already."""
        super().initial(request, *args, **kwargs)
        if request.method in {"GET", "HEAD"} and not self.moves_by_itself:
            format_ = request.accepted_renderer.media_type if request.accepted_renderer else ""
            self._tag = freshness.tag_of_content(request.path, self.asked(request), format_)
            if content_version.applies() and freshness.is_known(request._request, self._tag):
                raise KnownAlreadyError

    def _finished(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or response.status_code not in {200, 304}:
            return response
        if self.moves_by_itself and isinstance(response, Response):
            tag = freshness.tag_of_body(response.content)
            return freshness.mark(request, response, tag, kept=self.kept, changed_at=None)
        return freshness.mark(request, response, self._tag, kept=self.kept, changed_at=content_version.since())

    def asked(self, request: Request) -> list[tuple[str, str]]:
        """The parameters that mean something here, in one order whatever the address's own."""
        known = {parameter.name for parameter in self.parameters} | {"page_size", "prefer", *PLACES}
        pairs = [(name, value) for name, values in request.query_params.lists() for value in values if name in known]
        return sorted(pairs, key=lambda pair: pair[0])

    def get_exception_handler(self) -> Any:
        """Problems that a program can read."""
        return problems.handle

    def handle_exception(self, exc: Exception) -> Response:
        """An answer that is known already is no problem."""
        if isinstance(exc, KnownAlreadyError):
            return Response(status=exc.status_code)
        return super().handle_exception(exc)


class OpenDataViewSet(OpenDataView, GenericViewSet[Any]):
    """Rows in pages, and each row by its own name.

    A subclass says which keys fit, in order (`found`), and makes rows of the keys of one page (`to_records`), so that a
    deep page costs no more than its own rows.
    """

    pagination_class = Pages
    row_serializer_class: ClassVar[type[BaseSerializer[Any]]]

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        """Lists show less than the row's own address."""
        return self.row_serializer_class if self.action == "list" else super().get_serializer_class()

    def found(self) -> Any:
        """What fits the question: a queryset of keys, or a list."""
        raise NotImplementedError

    def to_records(self, keys: Sequence[Any], *, whole: bool) -> Sequence[Any]:
        """The rows with these keys, in this order; `whole` with everything that there is to tell."""
        raise NotImplementedError

    def named(self) -> Any:
        """The key of the row that the address names; not found when it is not public."""
        raise NotImplementedError

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """In pages: follow `next` until it is null."""
        keys = self.paginate_queryset(self.found()) or []
        return self.get_paginated_response(self.get_serializer(self.to_records(keys, whole=False), many=True).data)

    def of_slug(self, records: QuerySet[Any]) -> int:
        """The key of the one among these records that the address names, or leads to by a name it had."""
        slug = self.kwargs["slug"]
        key: int | None = records.filter(slug=slug).values_list("pk", flat=True).first()
        if key is not None:
            return key
        now = slug_now(records, slug)
        if now is None:
            raise exceptions.NotFound
        raise RenamedError(now)

    def handle_exception(self, exc: Exception) -> Response:
        """To the present address, with the question that came along."""
        if not isinstance(exc, RenamedError):
            return super().handle_exception(exc)
        match = self.request.resolver_match
        assert match is not None  # noqa: S101  # a view is running
        path = reverse(match.view_name, kwargs={**match.kwargs, "slug": exc.slug})
        asked = urlencode(self.asked(self.request))
        address = f"{settings.SITE_URL}{path}?{asked}" if asked else f"{settings.SITE_URL}{path}"
        return Response(status=exc.status_code, headers={"Location": address, "Cache-Control": KEPT})

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Everything that is public about it."""
        rows = self.to_records([self.named()], whole=True)
        if not rows:
            raise exceptions.NotFound
        return Response(self.get_serializer(rows[0]).data)
