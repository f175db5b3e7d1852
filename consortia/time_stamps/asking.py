"""The authority is asked over HTTP (RFC 3161, 3.4), at the address that the operator set and no other."""

import time
from base64 import b64encode
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import IO
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

# Seconds: for each answer of the network, and for all of a reply.
TIMEOUT, MOST_SECONDS = 10.0, 20.0
# A reply with its certificates has some 6 kB.
MOST_BYTES = 100_000
REPLY = "application/timestamp-reply"


class AuthorityError(Exception):
    """It did not stamp, for a reason that has nothing to do with the receipt."""


class _NoRedirects(HTTPRedirectHandler):
    """Whoever set the address did not set another one."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        return None


_opener = build_opener(_NoRedirects)


def address() -> str:
    """Where it is asked, without user and password; "" where none is set."""
    parts = urlsplit(settings.TIME_STAMP_AUTHORITY)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def ask(query: bytes) -> bytes:
    """What it replies, unread. Raises AuthorityError."""
    headers = {"Content-Type": "application/timestamp-query", "Accept": REPLY, **_password()}
    request = Request(address(), query, headers)  # noqa: S310 - the operator's own setting, http or https
    until = time.monotonic() + MOST_SECONDS
    try:
        with _opener.open(request, timeout=TIMEOUT) as answer:
            if answer.headers.get_content_type() != REPLY:
                raise AuthorityError(f"answered with {answer.headers.get_content_type()}")
            return _read(answer, until)
    except (OSError, HTTPException) as error:
        raise AuthorityError(f"{type(error).__name__}: {error}") from error


def _read(answer: HTTPResponse, until: float) -> bytes:
    content = b""
    while some := answer.read1(MOST_BYTES):
        content += some
        if len(content) > MOST_BYTES or time.monotonic() > until:
            raise AuthorityError("answered with too much, or too slowly")
    return content


def _password() -> dict[str, str]:
    parts = urlsplit(settings.TIME_STAMP_AUTHORITY)
    if parts.username is None:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
