"""What the open data says when something goes wrong: problem details that a program can read (RFC 9457)."""

import json
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.response import Response

from hub.open_data.addresses import PREFIX

CONTENT_TYPE = "application/problem+json"

# What to do about it, in one or two sentences.
ADVICE = {
    400: "The request cannot be read. Ask with fewer and shorter parameters.",
    403: "This address is not part of the open data.",
    404: "There is nothing at this address, or nothing that is public. The list at /api/v1/ names what there is.",
    405: "The open data is read-only. Ask with GET or HEAD.",
    406: "This address does not speak the format you accept. Leave Accept out, or accept */*.",
    413: "The request is too large. The open data is read-only: ask with GET and without a body.",
    500: "Something broke on our side. Try again in a few minutes.",
}


def is_data(request: HttpRequest) -> bool:
    """Whether a program asks, which is better off with JSON than with a page."""
    return request.path.startswith(PREFIX)


def details(status: int, advice: str = "", **more: Any) -> dict[str, Any]:
    """The members of a problem; without a type of its own it is what its status says."""
    title = HTTPStatus(status).phrase
    return {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": advice or ADVICE.get(status, title),
    } | more


def answer(status: int) -> HttpResponse:
    """A problem that was met outside the views of the open data."""
    response = HttpResponse(json.dumps(details(status)), status=status, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """What REST framework calls when a view fails; None leaves it to Django, which logs it and answers 500."""
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    headers = {"Cache-Control": "no-store"}
    more: dict[str, Any] = {}
    advice = ""
    if isinstance(error, exceptions.Throttled):
        seconds = int(getattr(error, "wait", None) or 60)
        headers["Retry-After"] = str(seconds)
        more["retry_after"] = seconds
        advice = (
            f"You asked for a lot in a short time. Wait {seconds} seconds, then go on more slowly: ask for larger "
            "pages (page_size=200), send If-None-Match, or take everything in one download."
        )
    elif isinstance(error, exceptions.NotFound) and error.detail != exceptions.NotFound.default_detail:
        advice = str(error.detail)
    body = details(error.status_code, advice, **more)
    return Response(body, status=error.status_code, headers=headers, content_type=CONTENT_TYPE)
