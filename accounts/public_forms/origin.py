"""Guards forms that carry no token.

Pages that are kept whole and shown to everyone cannot hold a token: it belongs to one visitor. A form on them is
guarded by what the browser itself says of where it was sent from; no page can forge that. A browser that says nothing
is asked once more, on a page for this visitor alone that has a token.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


class _TokenCheck(CsrfViewMiddleware):
    """Django's own check of a token, for a view that its middleware leaves alone; it says no instead of answering."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def is_ours(request: HttpRequest) -> bool:
    """Whether a page of this portal sent the form: the browser says so, or it carries a token that holds."""
    return was_sent_from_here(request) or _has_token(request)


def was_sent_from_here(request: HttpRequest) -> bool:
    """Whether the browser itself says that a page of this portal sent the request."""
    said = request.headers.get("Sec-Fetch-Site", "")
    if said:
        return said == "same-origin"
    # Browsers do not send the header above to plain http, and old ones do not know it.
    here = f"{request.scheme}://{request.get_host()}"
    ours = {here, *settings.CSRF_TRUSTED_ORIGINS}
    if origin := request.headers.get("Origin", ""):
        return origin in ours
    # Still older ones name the page only; a page can keep its name out of this, but not put another's in.
    page = urlsplit(request.headers.get("Referer", ""))
    return f"{page.scheme}://{page.netloc}" in ours


def _has_token(request: HttpRequest) -> bool:
    view: Callable[..., HttpResponse] = HttpResponse  # any that is not exempt
    return _TokenCheck(lambda _request: HttpResponse()).process_view(request, view, (), {}) is None
