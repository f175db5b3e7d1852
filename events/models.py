"""The models of all rooms, where Django looks for them; nothing else imports this."""

from events.agenda.models import Event
from events.agenda.pages import EventIndexPage, EventPage
from events.door.models import DoorPass, Scan, WalkIn
from events.moving.models import EventChange
from events.seats.models import Registration

__all__ = ["DoorPass", "Event", "EventChange", "EventIndexPage", "EventPage", "Registration", "Scan", "WalkIn"]
