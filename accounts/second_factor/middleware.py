from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from accounts.second_factor import challenge
from accounts.users.models import User

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class SecondFactorMiddleware:
    """Rights of staff count only in sessions that have shown a second factor, in the admin and everywhere else.

    allauth offers second factors but demands them of nobody; the centre handles public money and personal data. Owning
    one is not enough: a session from before it was set up, or signed in past it, shows it once and goes on.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.user = cast(User, SimpleLazyObject(partial(_with_rights_of_the_session, request, request.user)))
        if not (request.path.startswith("/admin/") and isinstance(request.user, User)):
            return self.get_response(request)
        if not request.user.is_colleague:
            # Wagtail would send them to sign in, and signing in would send who is signed in back here.
            raise PermissionDenied
        if request.user.rights_withheld:
            return challenge.ask(request, request.user)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Called by Django before the view: who has a factor shows it before another one is added or any is removed."""
        match = request.resolver_match
        guards = match is not None and challenge.is_guarded(match.url_name or "")
        if guards and isinstance(request.user, User) and challenge.is_owed(request, request.user):
            return challenge.ask(request, request.user)
        return None


def _with_rights_of_the_session(request: HttpRequest, user: User | AnonymousUser) -> User | AnonymousUser:
    if isinstance(user, User):
        user.rights_withheld = settings.STAFF_SECOND_FACTOR and not challenge.was_shown(request, user)
    return user
