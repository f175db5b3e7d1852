"""How long it is known who asked a question."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

ASKERS = KeepingTime(
    "askers",
    "questions: name and address of the asker",
    "after the answer",
    timedelta(days=30),
)
ASKERS_UNANSWERED = KeepingTime(
    "askers_unanswered",
    "the same where nobody answers",
    "after the question",
    timedelta(days=365),
)
