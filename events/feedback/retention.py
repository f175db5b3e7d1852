"""How long what people thought of an event is kept."""

from django.db.models.functions import Now

from accounts.privacy import erasing
from events.feedback.keeping_times import FEEDBACK_GIVEN, FEEDBACK_TEXTS
from events.feedback.models import FeedbackAnswer, FeedbackGiven


def forget_who_answered() -> int:
    """Once feedback cannot be given any more, nobody needs to know who has."""
    over = FeedbackGiven.objects.filter(registration__event__ends_at__lt=Now() - FEEDBACK_GIVEN.span)
    return erasing.delete(over)


def forget_texts() -> int:
    """What people wrote goes; the marks stay, as numbers."""
    texts = FeedbackAnswer.objects.exclude(text="")
    return erasing.delete(texts.filter(event__ends_at__lt=Now() - FEEDBACK_TEXTS.span))
