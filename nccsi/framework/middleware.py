"""What answers say to browsers beyond Django's own headers, and which language an address without one speaks."""

import logging
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path

from hub.files.private import INERT
from hub.open_data.problems import is_data
from hub.site.frame import UNPREFIXED

logger = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponseBase]

# What Django's fields say of it.
_NO_NUMBER = "expected a number but got"


class LanguageMiddleware(LocaleMiddleware):
    """The language comes from the address, else from the cookie, else from what the browser asks for.

    Unlike Django's own it never redirects an address that does not exist: unknown is 404 at once.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return _remember_choice(request) or super().__call__(request)  # type: ignore[return-value]  # the portal runs synchronously

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        language = get_language_from_path(request.path_info)
        if language and _leads_to_sign_in(response):
            _keep(response, language)
        if not language and "text/html" in response.get("Content-Type", ""):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
        return response


def _remember_choice(request: HttpRequest) -> HttpResponseBase | None:
    """Where the address has no language, `?language=fr` asks for one; a cookie keeps it for the forms that follow."""
    language = request.GET.get("language", "")
    if request.method != "GET" or not request.path.startswith(UNPREFIXED) or language not in dict(settings.LANGUAGES):
        return None
    others = [(name, value) for name, values in request.GET.lists() if name != "language" for value in values]
    response = HttpResponseRedirect(f"{request.path}?{urlencode(others)}" if others else request.path)
    _keep(response, language)
    return response


def _leads_to_sign_in(response: HttpResponseBase) -> bool:
    """Whether a page with a language sends its reader to sign in, where addresses have none."""
    return response.status_code == 302 and urlsplit(response["Location"]).path == resolve_url(settings.LOGIN_URL)


def _keep(response: HttpResponseBase, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


class OpenDataMiddleware:
    """Lets pages of any other site read the open data, refusals included, without who their reader is.

    It stands near the door, so that answers of the middleware behind it say so too.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not is_data(request):
            return response
        response.headers["X-Robots-Tag"] = "noindex"
        if response.status_code == 200 and "text/html" in response.get("Content-Type", ""):
            return response  # a page for people
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "Content-Language, ETag, Last-Modified, Link, Retry-After"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = "Accept, If-Modified-Since, If-None-Match"
            response.headers["Access-Control-Max-Age"] = "86400"
        return response


class PolicyMiddleware:
    """The admin's own content policy, files that people uploaded made inert, nothing of ours embedded elsewhere.

    What was made for one person is kept by nobody, neither on the way nor in a browser that others use as well.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.admin_policy = "; ".join(
            " ".join([name, *sources]) for name, sources in settings.ADMIN_CONTENT_SECURITY_POLICY.items()
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith("/admin/") and "%00" in request.META.get("QUERY_STRING", ""):
            # PostgreSQL keeps no such character, and Wagtail's lists hand it on to the database.
            return HttpResponseBadRequest(content_type="text/plain")
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith("/admin/") or _is_personal(request, response):
            response.headers.setdefault("Cache-Control", "private, no-store")
        if request.path.startswith("/admin/"):
            response.headers["Content-Security-Policy"] = self.admin_policy
        elif request.path.startswith("/documents/") and response.has_header("Content-Disposition"):
            _download_only(response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Called by Django when a view fails: Wagtail's choosers look up whatever somebody sent as a number."""
        if request.path.startswith("/admin/") and isinstance(exception, ValueError) and _NO_NUMBER in str(exception):
            logger.warning("Refused at %s: %s", request.path, exception)
            return HttpResponseBadRequest(content_type="text/plain")
        return None


def _is_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether somebody is known by a session, or the answer carries a token or cookie of the reader's own."""
    return bool(
        settings.SESSION_COOKIE_NAME in request.COOKIES
        or response.cookies
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    )


def _download_only(response: HttpResponseBase) -> None:
    """A document somebody uploaded never opens inside the portal's own origin."""
    _shown, separator, name = response["Content-Disposition"].partition(";")
    response["Content-Disposition"] = f"attachment{separator}{name}"
    response["Content-Security-Policy"] = INERT
