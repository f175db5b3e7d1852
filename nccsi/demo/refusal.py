"""Keeps the demo's public password out of every portal that is no demo."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.users.models import User
from nccsi.demo.logins import LOGINS, PASSWORD


class RefuseDemoLogins:
    """Stands before the real backend and stops a sign-in that everyone could try."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Nobody is let in here; the demo's people are turned away outside the demo."""
        names = (credentials.get("email"), credentials.get("username"))
        known = any(User.normalise_email(name) in LOGINS for name in names if name)
        if not settings.DEMO and known and credentials.get("password") == PASSWORD:
            raise PermissionDenied

    def get_user(self, user_id: Any) -> None:
        """Knows nobody."""
