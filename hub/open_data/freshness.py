"""What lets a reader keep an answer and ask whether it still holds."""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags

from hub.content_memory import content_version

SECONDS = 60
# A proxy that kept whole libraries would have no room left for pages; readers may keep theirs and ask again.
NOT_ON_THE_WAY = "no-cache"
PUBLIC = f"public, max-age={SECONDS}, stale-while-revalidate={SECONDS}, stale-if-error=3600"
# The files that say what an answer looks like.
_SOURCES = ("*/open_data/*.py", "*/*/api.py", "*/*/*_records.py")

Pairs = Sequence[tuple[str, str]]


def sources() -> list[Path]:
    """The files of all apps that have a say in what an answer looks like."""
    return sorted({path for pattern in _SOURCES for path in settings.BASE_DIR.glob(pattern)})


@cache
def _form() -> str:
    """Changes with the code that makes the answers, so that a new release is not taken for the old one."""
    read = b"".join(path.read_bytes() for path in sources())
    portal = f"{settings.SITE_URL} {settings.LANGUAGES}".encode()
    return hashlib.sha256(read + portal).hexdigest()


def tag_of_content(path: str, asked: Pairs, format: str) -> str:  # noqa: A002  # what the web calls it
    """The tag of an answer that depends on the published content alone: known before the answer is made.

    The version is read first, so an answer is never older than its tag.
    """
    parts = (_form(), content_version.current(), path, tuple(asked), format)
    return _tag(repr(parts).encode())


def tag_of_body(body: bytes) -> str:
    """The tag of an answer that the clock or a sign-up changes too."""
    return _tag(body)


def _tag(seed: bytes) -> str:
    # Weak, because a proxy may compress the answer.
    return f'W/"{hashlib.sha256(seed).hexdigest()[:32]}"'


def is_known(request: HttpRequest, tag: str) -> bool:
    """Whether the reader has the answer with this tag."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return tag.removeprefix("W/") in {each.removeprefix("W/") for each in known}


def mark(
    request: HttpRequest, response: HttpResponseBase, tag: str, *, kept: str, changed_at: float | None
) -> HttpResponseBase:
    """The answer with what it takes to ask again, or only the word that it has not changed."""
    response["ETag"] = tag
    response["Cache-Control"] = kept
    if changed_at:
        response["Last-Modified"] = http_date(changed_at)
    seconds = int(changed_at) if changed_at else None
    whole = cast(HttpResponse, response)  # only its headers are looked at, so a streamed one will do
    return get_conditional_response(request, etag=tag, last_modified=seconds, response=whole) or response
