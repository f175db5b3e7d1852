"""Tells staff on the first page of the admin that mail stands still, why, since when, and that nothing is lost."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from notifications.admin.mail_lists import written
from notifications.delivery import pauses
from notifications.delivery.models import Pause
from notifications.outbox.models import Message

MOST = 10


class StandstillPanel(Component):
    """Above everything else, and only when there is something to say."""

    name = "mail_standstill"
    template_name = "notifications/admin/standstill.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        standing = list(Pause.objects.all()[: MOST + 1])
        return context | {
            "everything": next((_told(pause) for pause in standing if pause.domain == pauses.EVERYTHING), None),
            "domains": [_told(pause) for pause in standing if pause.domain != pauses.EVERYTHING][:MOST],
            "more": len(standing) > MOST,
            "outbox_url": reverse(f"{Message.snippet_viewset.get_url_name('list')}") + "?status=queued",  # type: ignore[attr-defined]  # Wagtail puts it there
        }


def _told(pause: Pause) -> dict[str, Any]:
    """What the panel says about one pause, in Brussels time."""
    return {
        "domain": pause.domain,
        "is_away": pause.fault == Pause.Fault.AWAY,
        "reason": pause.reason,
        "since": written(pause.since),
        "until": written(pause.until),
        "waiting": pauses.held_up(pause.domain).count(),
    }


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who may read the outbox."""
    if any(request.user.has_perm(f"notifications.{right}_message") for right in ("view", "change")):
        panels.append(StandstillPanel())
