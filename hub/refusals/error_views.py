"""Error pages in the house style: what happened, that nothing was lost, what to do next; for programs, as JSON."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.log import log_response

from hub.open_data import problems
from hub.refusals import kept_forms

_TOO_MUCH = RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent


def _answer(request: HttpRequest, status: int, *, told: str = "") -> HttpResponse:
    if problems.is_data(request):
        return problems.answer(status)
    return render(request, f"errors/{status}.html", {"told": told}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 and 413: what was sent cannot be read, or is more than the portal takes.

    Rendered without request and context, as reading more of the request would fail again; so the language is looked up
    here, too: the fault may have come before anything knew it.
    """
    response = _bad_request(request, exception, status=413 if isinstance(exception, RequestDataTooBig) else 400)
    if isinstance(exception, _TOO_MUCH | MultiPartParserError):
        # A line instead of the way through Django's code: nobody's program failed.
        log_response("%s (%s): %s", response.reason_phrase, exception, request.path, response=response, request=request)
    return response


def _bad_request(request: HttpRequest, exception: Exception, *, status: int) -> HttpResponse:
    if problems.is_data(request):
        return problems.answer(status)
    facts = {
        "status": status,
        "site": None,
        "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "has_too_many_parts": isinstance(exception, _TOO_MUCH),
    }
    with translation.override(translation.get_language_from_request(request, check_path=True)):
        return HttpResponse(render_to_string(f"errors/{status}.html", facts), status=status)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not allowed here; an exception that knows what happened says it in `told`."""
    return _answer(request, 403, told=getattr(exception, "told", ""))


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
