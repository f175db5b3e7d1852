"""A page for who opens an address that only a button can send to: after signing in, say, or from the history."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render

from hub.open_data import problems


class MethodMiddleware:
    """Django answers 405 with an empty page; people get words, programs the headers and status alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content or request.method != "GET":
            return response
        if problems.is_data(request) or not request.accepts("text/html"):
            return response
        return _page(request, response)


def _page(request: HttpRequest, refused: HttpResponseNotAllowed) -> HttpResponse:
    answer = render(request, "errors/405.html", status=refused.status_code)
    for name, value in refused.items():
        answer.headers.setdefault(name, value)
    return answer
