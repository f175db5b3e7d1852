import logging
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.models import User

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class StaffSecondFactorMiddleware:
    """Keeps people without a second factor out of the admin, whatever their rights.

    allauth offers second factors but demands them of nobody; the centre handles public money and personal data.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not (request.path.startswith("/admin/") and isinstance(request.user, User)):
            return self.get_response(request)
        if not request.user.has_perm("wagtailadmin.access_admin"):
            # Wagtail would send them to sign in, and signing in would send who is signed in back here.
            raise PermissionDenied
        if settings.STAFF_SECOND_FACTOR and not is_mfa_enabled(request.user):
            messages.warning(
                request, _("The admin asks for a second factor. Set one up here; after that the admin opens.")
            )
            return redirect("mfa_index")
        return self.get_response(request)


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
