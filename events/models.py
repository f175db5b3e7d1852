"""The models of all rooms, where Django looks for them; nothing else imports this."""

from events.afterwards.models import Certificate, EventMaterial
from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.door.models import DoorPass, Scan, WalkIn
from events.feedback.models import FeedbackAnswer, FeedbackGiven, FeedbackQuestion
from events.moving.models import EventChange
from events.overview.models import EventIndexPage
from events.programme.models import LinkedOrganisation, LinkedPractice, ProgrammeItem, Speaker
from events.questions.models import Answer, Question, SensitiveAnswer
from events.seats.models import Registration
from events.series.models import Series

__all__ = [
    "Answer",
    "Certificate",
    "DoorPass",
    "Event",
    "EventChange",
    "EventIndexPage",
    "EventMaterial",
    "EventPage",
    "FeedbackAnswer",
    "FeedbackGiven",
    "FeedbackQuestion",
    "LinkedOrganisation",
    "LinkedPractice",
    "ProgrammeItem",
    "Question",
    "Registration",
    "Scan",
    "SensitiveAnswer",
    "Series",
    "Speaker",
    "WalkIn",
]
