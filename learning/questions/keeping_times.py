"""How long a question is kept that the centre declined, and who proposed one."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

DECLINED = KeepingTime(
    "declined_questions", "questions proposed for the learning agenda", "after they were declined", timedelta(days=365)
)
QUESTIONS = KeepingTime(
    "learning_questions",
    "questions of the learning agenda with their answers, and the names of who wrote them",
    "for good; names until the account is deleted",
)
