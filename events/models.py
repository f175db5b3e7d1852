"""The models of all rooms, where Django looks for them; nothing else imports this."""

from events.agenda.models import Event
from events.agenda.pages import EventIndexPage, EventPage
from events.moving.models import EventChange
from events.questions.models import Answer, Question, SensitiveAnswer
from events.seats.models import Registration

__all__ = [
    "Answer",
    "Event",
    "EventChange",
    "EventIndexPage",
    "EventPage",
    "Question",
    "Registration",
    "SensitiveAnswer",
]
