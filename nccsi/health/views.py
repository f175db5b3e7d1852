"""What monitors ask: is the process up, and can it do its work."""

import time
from threading import Lock

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nccsi.health import parts
from nccsi.health.metrics import may_read
from nccsi.health.parts import Part
from nccsi.running.version import version

# Anybody may ask, and it costs more than any page: each process looks again after so many seconds.
REMEMBERED = 5


class _Memory:
    found: dict[str, Part] = {}
    until = 0.0
    lock = Lock()


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Each part of the portal: 200 when all work that it needs, else 503.

    What was found of a part, and the version, is told to who shows `METRICS_TOKEN`.
    """
    found = _found()
    works = parts.works(found)
    status = "ok" if works else "broken"
    if may_read(request):
        told = {"status": status, "version": version(), "parts": found}
    else:
        told = {"status": status, "parts": {name: {"ok": part["ok"]} for name, part in found.items()}}
    return JsonResponse(told, status=200 if works else 503)


def _found() -> dict[str, Part]:
    with _Memory.lock:  # whoever asks while somebody looks waits for what that one finds
        if time.monotonic() >= _Memory.until:
            _Memory.found = parts.state()
            _Memory.until = time.monotonic() + REMEMBERED
        return _Memory.found
