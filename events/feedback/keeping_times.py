"""How long what people thought of an event is kept."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

# As long as it can be given; after that nobody needs to know who has.
FEEDBACK_GIVEN = KeepingTime(
    "feedback_given",
    _("who gave feedback about an event (not which)"),
    _("after the event"),
    timedelta(days=60),
    subject=Subject.EVENTS,
    ground=Ground.LEGITIMATE_INTEREST,
    why=_("So that nobody answers twice."),
)
FEEDBACK_TEXTS = KeepingTime(
    "feedback_texts",
    _("what people wrote in feedback about an event"),
    _("after the event"),
    timedelta(days=365),
    subject=Subject.EVENTS,
    ground=Ground.PUBLIC_TASK,
    why=_("So that the next event gets better."),
)
FEEDBACK_MARKS = KeepingTime(
    "feedback_marks",
    _("marks that an event was given, by nobody"),
    _("until staff delete the event"),
    subject=Subject.EVENTS,
    ground=Ground.PUBLIC_TASK,
    why=_("So that we can tell over the years how events are received."),
)
