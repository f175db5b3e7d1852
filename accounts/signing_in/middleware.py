import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.template.response import TemplateResponse

from accounts.signing_in import codes, proving

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class EndedSignInMiddleware:
    """A sign-in that was under way when the account's sign-ins were ended leads nowhere."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith("/accounts/"):
            proving.drop_ended_sign_in(request)
        return self.get_response(request)


class UnsentCodeMiddleware:
    """A code that was asked for, and whose mail the cap on the mailbox gave up, opens nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        codes.forget_unsent(request)
        return response


class CredentialMiddleware:
    """Answers a credential of a passkey that no browser made: the library that reads it stumbles in many ways."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called by Django when a view fails."""
        malformed = isinstance(exception, RecursionError | LookupError | TypeError | ValueError | AttributeError)
        if malformed and request.path.startswith("/accounts/") and "credential" in request.POST:
            logger.warning("A malformed credential was refused: %s", type(exception).__name__)
            return HttpResponseBadRequest(content_type="text/plain")
        return None


class OwnFrameMiddleware:
    """Lets the account pages stand in the portal's own frame: allauth's views put a `site` of theirs over ours."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Called by Django before the page is rendered."""
        if request.path.startswith("/accounts/") and response.context_data:
            response.context_data.pop("site", None)
        return response
