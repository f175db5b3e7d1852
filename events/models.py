"""The models of all rooms, where Django looks for them; nothing else imports this."""

from events.afterwards.models import Certificate, EventMaterial
from events.agenda.models import Event
from events.agenda.pages import EventIndexPage, EventPage
from events.feedback.models import FeedbackAnswer, FeedbackGiven, FeedbackQuestion
from events.moving.models import EventChange
from events.seats.models import Registration

__all__ = [
    "Certificate",
    "Event",
    "EventChange",
    "EventIndexPage",
    "EventMaterial",
    "EventPage",
    "FeedbackAnswer",
    "FeedbackGiven",
    "FeedbackQuestion",
    "Registration",
]
