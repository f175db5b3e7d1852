"""Error pages in the house style: what happened, that nothing was lost, what to do next; for programs, as JSON."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults

from hub.open_data import problems
from hub.refusals import kept_forms


def _answer(request: HttpRequest, status: int) -> HttpResponse:
    if problems.is_data(request):
        return problems.answer(status)
    return render(request, f"errors/{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: nothing that a person would send; 413 for a form with more text than fits, which one might."""
    if isinstance(exception, RequestDataTooBig):
        return _answer(request, 413)
    return problems.answer(400) if problems.is_data(request) else defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not allowed here."""
    return _answer(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing that this visitor may see."""
    return _answer(request, 404)


def gone(request: HttpRequest) -> HttpResponse:
    """410: was here once and is not any more, such as a used or expired link."""
    return _answer(request, 410)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too often in a short time."""
    return _answer(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without request and context, since the database may be what broke."""
    if problems.is_data(request):
        return problems.answer(500)
    return HttpResponse(render_to_string("errors/500.html", {"status": 500, "site": None}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a token that holds: a page open since before a sign-in, or cookies switched off."""
    form = kept_forms.kept(request)
    if form and form.fields:
        return kept_forms.send_again(request, form, signed_out=False)
    return render(request, "errors/csrf.html", status=403)
