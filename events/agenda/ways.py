"""The ways of attending an event, and which of them it offers."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """Where somebody's seat is."""

    ROOM = "room", _("in the room")
    ONLINE = "online", _("online")


class Attendance(models.TextChoices):
    """How one can take part in an event."""

    ROOM = "room", _("In a room")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In a room or online")

    @property
    def ways(self) -> tuple[Way, ...]:
        """The room first, which people with both wishes would rather have."""
        return tuple(Way) if self == Attendance.HYBRID else (Way(self.value),)


LABELS: dict[str, Promise] = {Way.ROOM: _("On site"), Way.ONLINE: _("Online")}


def condition(way: str, event: str = "") -> models.Q:
    """Events with this way of taking part; `event` leads from a row to its event."""
    return models.Q(**{f"{event}attendance__in": [way, Attendance.HYBRID]})
