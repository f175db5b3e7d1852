"""How long answers to an organiser's sensitive questions are kept."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

# Such answers can tell something about health or belief (GDPR, article 9).
SENSITIVE_ANSWERS = KeepingTime(
    "sensitive_answers",
    "answers to an organiser’s sensitive questions",
    "after the event",
    timedelta(days=30),
)
