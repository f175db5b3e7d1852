"""On whose behalf the running code writes: the visitor whose request it answers.

A worker answers nobody's request; what it does was decided before.
"""

from allauth.core import context
from django.http import HttpRequest

from accounts.users import addresses
from accounts.users.models import User


def answered_request() -> HttpRequest | None:
    """The request that is being answered, once it has passed the middleware of the accounts."""
    request: HttpRequest | None = context.request
    return request


def stranger_to(email: str) -> HttpRequest | None:
    """The request of a visitor who makes us write to an address that they have not proved to hold; None for staff,
    for the owner of the address, and where no request is answered."""
    request = answered_request()
    if request is None:
        return None
    user = getattr(request, "user", None)
    if isinstance(user, User) and (user.has_perm("wagtailadmin.access_admin") or addresses.holds(user, email)):
        return None
    return request
