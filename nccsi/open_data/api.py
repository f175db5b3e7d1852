"""The open data as one: its addresses, what there is, its description for programs and for people."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

from calls.overview.api import CallViewSet
from events.agenda.api import EventViewSet
from hub.open_data.licence import LICENCE
from hub.open_data.limits import DownloadLimit, ReadingLimit
from hub.open_data.terms_api import TermViewSet
from hub.open_data.views import OpenDataView
from learning.agenda.api import QuestionViewSet
from nccsi.open_data.dataset import DOWNLOADS, LISTS, described
from partners.directory.api import OrganisationCsv, OrganisationJsonLd, OrganisationViewSet
from practices.open_data.api import PracticeCsv, PracticeJsonLd, PracticeViewSet
from practices.open_data.hook_api import PolicyHookViewSet
from practices.open_data.reuse_api import ReuseViewSet

app_name = "api"


class RootView(OpenDataView):
    """What there is."""

    @extend_schema(summary="What there is", operation_id="root", tags=["catalogue"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The lists, the downloads, the descriptions and the licence."""
        return Response(
            {
                "name": "Open data",
                "version": settings.SPECTACULAR_SETTINGS["VERSION"],
                "licence": LICENCE,
                "lists": {name: address(f"api:{route}") for name, route in LISTS.items()},
                "downloads": {name: address(f"api:{route}") for name, route in DOWNLOADS.items()},
                "dataset": address("api:dataset"),
                "schema": address("api:schema"),
                "docs": address("api:docs"),
            }
        )


class DatasetView(OpenDataView):
    """The data sets as catalogues describe them."""

    @extend_schema(
        summary="The data sets, as DCAT-AP and schema.org describe them",
        operation_id="dataset",
        tags=["catalogue"],
        responses={(200, "application/ld+json"): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """For open data portals to harvest, as JSON-LD."""
        return Response(described(), content_type="application/ld+json")


class SchemaView(OpenDataView):
    """The OpenAPI description."""

    renderer_classes = [OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer2, OpenApiYamlRenderer]

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """As JSON, or as YAML for who accepts `application/yaml`."""
        return Response(schema())


@cache
def schema() -> dict[str, Any]:
    """The OpenAPI description; always in English, and the same until the next release."""
    with override("en"):
        found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
        return found


def address(route: str) -> str:
    """In full, as another site would use it."""
    return settings.SITE_URL + reverse(route)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """How to use the open data, for people who write programs."""
    operations = [
        {"path": path, "summary": operation["summary"], "parameters": operation.get("parameters", [])}
        for path, methods in schema()["paths"].items()
        for operation in methods.values()
    ]
    context = {
        "operations": operations,
        "licence": LICENCE,
        "root": address("api:root"),
        "reading": ReadingLimit,
        "downloading": DownloadLimit,
    }
    return render(request, "api/docs.html", context)


@require_safe
def explorer(request: HttpRequest) -> HttpResponse:
    """The description as a page on which each address can be tried."""
    crumbs = [{"title": "Open data", "url": reverse("api:docs")}, {"title": "Try it", "url": ""}]
    return render(request, "api/explorer.html", {"crumbs": crumbs})


router = SimpleRouter()
router.register("practices", PracticeViewSet, basename="practice")
router.register("organisations", OrganisationViewSet, basename="organisation")
router.register("reuses", ReuseViewSet, basename="reuse")
router.register("policy-hooks", PolicyHookViewSet, basename="policy-hook")
router.register("questions", QuestionViewSet, basename="question")
router.register("calls", CallViewSet, basename="call")

urlpatterns = [
    path("", RootView.as_view(), name="root"),
    *router.urls,
    path("events/", EventViewSet.as_view({"get": "list"}), name="event-list"),
    path("events/<uuid:uid>/", EventViewSet.as_view({"get": "retrieve"}), name="event-detail"),
    path("terms/", TermViewSet.as_view({"get": "list"}), name="term-list"),
    path("terms/<slug:vocabulary>/<slug:code>/", TermViewSet.as_view({"get": "retrieve"}), name="term-detail"),
    path("practices.csv", PracticeCsv.as_view(), name="practices-csv"),
    path("practices.jsonld", PracticeJsonLd.as_view(), name="practices-jsonld"),
    path("organisations.csv", OrganisationCsv.as_view(), name="organisations-csv"),
    path("organisations.jsonld", OrganisationJsonLd.as_view(), name="organisations-jsonld"),
    path("dataset.jsonld", DatasetView.as_view(), name="dataset"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    path("docs/explorer/", explorer, name="explorer"),
]
