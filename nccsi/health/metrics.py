"""`/metrics`: what Prometheus asks for, with a token; there is nothing at that address without one."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

_SCHEME = "Bearer "


def may_read(request: HttpRequest) -> bool:
    """Whether who asks shows `METRICS_TOKEN`; nobody does where there is none."""
    shown = request.headers.get("Authorization", "")
    return bool(settings.METRICS_TOKEN) and constant_time_compare(shown, f"{_SCHEME}{settings.METRICS_TOKEN}")


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures in Prometheus' text format; of requests, those of all processes of this web server."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not may_read(request):
        raise PermissionDenied
    from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    from nccsi.health import request_counts
    from nccsi.health.database_figures import DatabaseFigures

    request_counts.start().write()
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(DatabaseFigures())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)
