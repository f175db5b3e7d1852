"""The models of all rooms, where Django looks for them; nothing else imports this."""

from events.agenda.models import Event
from events.agenda.pages import EventIndexPage, EventPage
from events.moving.models import EventChange
from events.seats.models import Registration

__all__ = ["Event", "EventChange", "EventIndexPage", "EventPage", "Registration"]
