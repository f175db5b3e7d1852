"""What must not be true of a real deployment."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.db import connections

from nccsi.demo.logins import LOGINS, PASSWORD


def no_demo_logins(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """An error for each demo login whose public password still opens a portal that is no demo.

    `migrate` runs this before each deployment, and `check --database default` on demand.
    """
    if settings.DEMO or not databases or "default" not in databases:
        return []
    users = get_user_model()
    if users._meta.db_table not in connections["default"].introspection.table_names():
        return []  # before the first migration nobody can sign in
    return [
        checks.Error(
            f"{user.email} can sign in with the password of the demo, which everyone knows.",
            hint="Delete this user, or give it another password.",
            id="nccsi.E001",
        )
        for user in users._default_manager.filter(email__in=LOGINS, is_active=True).order_by("email")
        if user.check_password(PASSWORD)
    ]
