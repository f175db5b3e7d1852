"""Names each request, measures it, counts it and logs it: by its view, never by its address or by who asked."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from nccsi.framework import request_id
from nccsi.health import request_counts

logger = logging.getLogger("nccsi.requests")


class WatchingMiddleware:
    """Stands before all others, so that it sees each answer as it leaves.

    What the page cache answered and files of ours are counted and not logged: there are many, and they tell nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.trusts_proxy = settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0
        self.counts = request_counts.start() if settings.METRICS_TOKEN else None
        self.logs = logger.isEnabledFor(logging.INFO)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        given = request.META.get("HTTP_X_REQUEST_ID", "") if self.trusts_proxy else ""
        cause, token = request_id.begin(request, given=given)
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - started
            is_kept = getattr(request, "is_kept", False)
            if not is_kept:  # else there is no line to be found by it
                response.headers[request_id.HEADER] = cause.id
            if self.counts:
                self.counts.count(request, response.status_code, None if is_kept else seconds)
            if self.logs and not is_kept and not request.path.startswith(settings.STATIC_URL):
                measured = {"status": response.status_code, "milliseconds": round(seconds * 1000, 1)}
                logger.info("%s", request.method, extra={"measured": measured})
        finally:
            request_id.end(token)
        return response
