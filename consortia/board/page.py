"""What all pages of the board have: whoever may see or change interests may see them, and a header."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from calls.chain.models import Call
from hub.changes.headers import header


def allow(request: HttpRequest, *actions: str) -> None:
    """Raises PermissionDenied unless the person may do one of these."""
    if not any(request.user.has_perm(f"consortia.{action}_interest") for action in actions):
        raise PermissionDenied


def around(call: Call, title: str, *crumbs: tuple[str, str], of: str = "") -> dict[str, Any]:
    """The header of a page below the board."""
    board = (str(call.title), reverse("consortia_admin_board", args=[call.pk]))
    return {"call": call} | header(title, board, *crumbs, icon="form", of=of or str(call.title))
