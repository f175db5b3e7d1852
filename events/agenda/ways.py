"""The ways of taking part in an event: `condition` finds the events that have one."""

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ONSITE, ONLINE = "onsite", "online"
LABELS: dict[str, Promise] = {ONSITE: _("On site"), ONLINE: _("Online")}


def condition(way: str, event: str = "") -> Q:
    """Events with this way of taking part; `event` leads from a row to its event."""
    online = ~Q(**{f"{event}online_url": ""})
    if way == ONLINE:
        return online
    # Whose place is not known yet is meant to be on site.
    return ~online | ~Q(**{f"{event}venue": ""}) | ~Q(**{f"{event}address": ""})
