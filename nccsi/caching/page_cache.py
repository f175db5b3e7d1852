"""Keeps the pages that are the same for every visitor, so that most visits cost neither a query nor a template.

A page is kept when its app says so of its view (`hub.content_memory.kept_pages`) and its answer shows that nobody in
particular was meant: 200, no cookie, no form with a token, no word against it in `Cache-Control`. It is found again by
host, path and query, for requests that carry no session. It goes with the next content version, or after a minute,
because a page also tells what changes with the clock and with each sign-up: days left, seats left.
"""

import gzip
import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

from hub.content_memory import content_version, kept_pages

SECONDS = 60
# Browsers ask each time, and mostly hear "as you have it": whoever changed something sees it. Proxies need not.
PUBLIC = f"public, max-age=0, s-maxage={SECONDS}, stale-if-error=3600"
PRIVATE = "private, no-cache"
# While one request renews a page that is out of date by the clock, the others get it as it was.
_SECONDS_TO_RENEW = 5
_LARGEST = 1_000_000
_WORTH_COMPRESSING = 500

# What campaigns hang on addresses: nobody here reads it, so it makes no page of its own.
_CAMPAIGN = re.compile(r"utm_[a-z_]+|mtm_[a-z_]+|pk_[a-z_]+|fbclid|gclid|msclkid|mc_[ce]id")
_LONGEST_QUERY = 300
_ADDRESS = re.compile(rf"/(?:(?:{'|'.join(code for code, _name in settings.LANGUAGES)})/|sitemap[^/]*\.xml$)")
_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
# Who carries one of these is not just any visitor.
_COOKIES = (settings.SESSION_COOKIE_NAME, settings.MESSAGES_COOKIE_NAME)

Key = tuple[str, str, str, str]


@dataclass
class Kept:
    """One answer, ready to be sent again."""

    version: int
    made_at: float
    fresh_until: float
    headers: dict[str, str]
    body: bytes
    compressed: bytes | None
    match: ResolverMatch | None = None

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.body) + len(self.compressed or b"") + 2_000


class Shelf:
    """What one process keeps, up to so many bytes; what nobody has asked for longest goes first."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._changing = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key, version: int) -> Kept | None:
        """The answer for this request, unless it is out of date."""
        now = time.monotonic()
        with self._changing:
            kept = self._kept.get(key)
            if kept is None or kept.version != version:
                return None
            self._kept.move_to_end(key)
            if now >= kept.fresh_until:
                kept.fresh_until = now + _SECONDS_TO_RENEW
                return None
            return kept

    def put(self, key: Key, kept: Kept) -> None:
        """Keep it, and let go of what no longer fits."""
        with self._changing:
            self._take_out(key)
            self._kept[key] = kept
            self.bytes += kept.size
            while self.bytes > self.most_bytes:
                self._take_out(next(iter(self._kept)))

    def clear(self) -> None:
        with self._changing:
            self._kept.clear()
            self.bytes = 0

    def _take_out(self, key: Key) -> None:
        gone = self._kept.pop(key, None)
        if gone:
            self.bytes -= gone.size


shelf = Shelf(settings.PAGE_CACHE_MEGABYTES * 1_000_000)


class PageCacheMiddleware:
    """Stands first, so that what it keeps is complete and what it finds costs nothing more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            try:
                return self.get_response(request)
            finally:
                content_version.ask_again()
        key = key_of(request) if shelf.most_bytes else None
        if key is None:
            return _for_one(request, self.get_response(request))
        version = content_version.current()
        kept = shelf.get(key, version)
        if kept is None:
            response = self._whole(request)
            if not _for_everyone(request, response):
                return _for_one(request, response)
            kept = _keep(request, response, version)
            if request.method == "GET":
                shelf.put(key, kept)
        request.resolver_match = kept.match  # for those who count and log what was asked for
        return _conditional(request, _answer(request, kept), kept)

    def _whole(self, request: HttpRequest) -> HttpResponseBase:
        """The answer itself, also where this visitor has it already and would be told so by the view."""
        conditions = {name: request.META.pop(name) for name in _CONDITIONS if name in request.META}
        try:
            return self.get_response(request)
        finally:
            request.META.update(conditions)


def key_of(request: HttpRequest) -> Key | None:
    """What the answer to this request depends on; None where it may depend on who asks.

    The query is put in order on the way, for the view as well: what has the same key is the same page.
    """
    if not _ADDRESS.match(request.path_info) or not content_version.applies():
        return None
    carried = request.META.get("HTTP_COOKIE", "")
    if carried and any(name in request.COOKIES for name in _COOKIES):
        return None
    if any(name in request.META for name in ("HTTP_HX_REQUEST", "HTTP_AUTHORIZATION", "HTTP_RANGE")):
        return None
    query = request.META.get("QUERY_STRING", "")
    if query:
        ordered = in_order(query)
        if ordered is None:
            return None
        request.META["QUERY_STRING"] = query = ordered
    try:
        return request.scheme or "", request.get_host(), request.path_info, query
    except DisallowedHost:
        return None


def in_order(query: str) -> str | None:
    """The query with its parameters by name and without what campaigns add; None with one that is not for everyone."""
    if len(query) > _LONGEST_QUERY:
        return None
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=40)
    except ValueError:
        return None
    pairs = [pair for pair in pairs if not _CAMPAIGN.fullmatch(pair[0])]
    if not kept_pages.are_known(name for name, _value in pairs):
        return None
    # Stable, so that of one name's values the last remains the last.
    return urlencode(sorted(pairs, key=lambda pair: pair[0]))


def _for_everyone(request: HttpRequest, response: HttpResponseBase) -> bool:
    match = request.resolver_match
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and match is not None
        and kept_pages.is_kept(match.view_name)
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not _asked_who(request)
        and not re.search(r"private|no-store|no-cache|max-age=0", response.get("Cache-Control", ""))
        and len(response.content) <= _LARGEST
    )


def _asked_who(request: HttpRequest) -> bool:
    """Whether somebody in particular was found, or something was put into a session."""
    session = getattr(request, "session", None)
    return bool(session is not None and (session.modified or not session.is_empty()))


def _for_one(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What nobody between here and the reader may keep, unless its view says otherwise."""
    if "text/html" in response.get("Content-Type", "") and not response.has_header("Cache-Control"):
        response.headers["Cache-Control"] = PRIVATE
    return response


def _keep(request: HttpRequest, response: HttpResponseBase, version: int) -> Kept:
    assert isinstance(response, HttpResponse)  # noqa: S101  # _for_everyone has looked
    body = response.content
    if not response.has_header("Cache-Control"):
        response.headers["Cache-Control"] = PUBLIC
    # Weak, because the compressed answer has the same one.
    etag = response.get("ETag") or f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response.headers["ETag"] = f"W/{etag.removeprefix('W/')}"
    # No secret stands in these pages, so compressing them gives none away.
    compressed = gzip.compress(body, 6, mtime=0) if len(body) > _WORTH_COMPRESSING else None
    if compressed:
        patch_vary_headers(response, ("Accept-Encoding",))
    response.headers["Content-Length"] = str(len(body))
    now = time.monotonic()
    return Kept(version, now, now + SECONDS, dict(response.items()), body, compressed, request.resolver_match)


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    encodings = request.META.get("HTTP_ACCEPT_ENCODING", "")
    compress = kept.compressed is not None and _TAKES_GZIP.search(encodings)
    body = kept.compressed if compress and kept.compressed else kept.body
    response = HttpResponse(b"" if request.method == "HEAD" else body, headers=kept.headers)
    response.headers["Content-Length"] = str(len(body))
    response.headers["Age"] = str(int(time.monotonic() - kept.made_at))
    request.is_kept = True  # type: ignore[attr-defined]  # for who counts and logs requests
    if compress:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _conditional(request: HttpRequest, response: HttpResponse, kept: Kept) -> HttpResponseBase:
    """Nothing but "as you have it" where that is so."""
    if not any(name in request.META for name in _CONDITIONS):
        return response
    changed = parse_http_date_safe(kept.headers.get("Last-Modified", ""))
    etag = kept.headers["ETag"]
    return get_conditional_response(request, etag=etag, last_modified=changed, response=response) or response
