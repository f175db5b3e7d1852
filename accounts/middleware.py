from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.models import User

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class StaffSecondFactorMiddleware:
    """Keeps people without a second factor out of the admin, whatever their rights.

    allauth offers second factors but demands them of nobody; the centre handles public money and personal data.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            settings.STAFF_SECOND_FACTOR
            and request.path.startswith("/admin/")
            and isinstance(request.user, User)
            and not is_mfa_enabled(request.user)
        ):
            messages.warning(
                request, _("The admin asks for a second factor. Set one up here; after that the admin opens.")
            )
            return redirect("mfa_index")
        return self.get_response(request)


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
