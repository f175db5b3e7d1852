"""Tells staff on the first page of the admin that the authority stamps no receipts, and why."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from consortia.receipts.models import Receipt
from consortia.time_stamps.asking import address
from consortia.time_stamps.models import StampingPause


class StampingPanel(Component):
    """What the authority said last, and how many receipts wait."""

    name = "consortia_stamping"
    template_name = "consortia/admin/stamping_panel.html"
    order = 105

    def __init__(self, pause: StampingPause) -> None:
        self.pause = pause

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {"pause": self.pause, "waiting": Receipt.objects.filter(time_stamp=None).count()}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who see what consortia hand in; nothing while all goes well."""
    if not settings.TIME_STAMP_AUTHORITY:
        return
    if not any(request.user.has_perm(f"consortia.{action}_interest") for action in ("view", "change")):
        return
    failing = StampingPause.objects.filter(authority=address(), failures__gt=0).first()
    if failing:
        panels.append(StampingPanel(failing))
