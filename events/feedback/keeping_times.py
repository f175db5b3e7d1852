"""How long what people thought of an event is kept."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

# As long as it can be given; after that nobody needs to know who has.
FEEDBACK_GIVEN = KeepingTime(
    "feedback_given", "who gave feedback about an event (not which)", "after the event", timedelta(days=60)
)
FEEDBACK_TEXTS = KeepingTime(
    "feedback_texts", "what people wrote in feedback about an event", "after the event", timedelta(days=365)
)
FEEDBACK_MARKS = KeepingTime(
    "feedback_marks", "marks that an event was given, by nobody", "until staff delete the event"
)
