from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import translation
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


class AddresslessLanguageMiddleware:
    """Chooses the language of addresses that do not carry one (`/accounts/…`).

    In this order: `?language=fr`, which is remembered in a cookie because the person chose it; that cookie, which
    Django reads; the language of the person's account; the browser's.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/accounts/"):
            return self.get_response(request)
        offered = dict(settings.LANGUAGES)
        chosen = request.GET.get("language", "")
        if chosen in offered:
            self._activate(request, chosen)
        elif settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and isinstance(request.user, User):
            self._activate(request, request.user.mail_language)
        response = self.get_response(request)
        if chosen in offered and not isinstance(response, HttpResponseRedirect):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            )
        return response

    @staticmethod
    def _activate(request: HttpRequest, language: str) -> None:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
