"""How long what people thought of an event is kept."""

from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from events.feedback.keeping_times import FEEDBACK_GIVEN, FEEDBACK_TEXTS
from events.feedback.models import FeedbackAnswer, FeedbackGiven


def due_givers(at: Moment) -> QuerySet[FeedbackGiven]:
    """Who answered about an event of which feedback cannot be given any more at that moment."""
    return FeedbackGiven.objects.filter(registration__event__ends_at__lt=at - FEEDBACK_GIVEN.span)


def forget_who_answered() -> int:
    """Nobody needs to know any more who has."""
    return erasing.delete(due_givers(Now()))


def due_texts(at: Moment) -> QuerySet[FeedbackAnswer]:
    """What people wrote about events that are long over at that moment."""
    return FeedbackAnswer.objects.exclude(text="").filter(event__ends_at__lt=at - FEEDBACK_TEXTS.span)


def forget_texts() -> int:
    """What people wrote goes; the marks stay, as numbers."""
    return erasing.delete(due_texts(Now()))
