"""What monitors ask: is the process up, and can it do its work."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nccsi.health import parts
from nccsi.running.version import version


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Each part of the portal: 200 when all work that it needs, else 503."""
    found = parts.state()
    works = parts.works(found)
    body = {"status": "ok" if works else "broken", "version": version(), "parts": found}
    return JsonResponse(body, status=200 if works else 503)
