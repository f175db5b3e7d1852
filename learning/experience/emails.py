"""The mails to who told an experience. Each only writes to the outbox."""

from learning.experience.models import Experience
from learning.questions import emails

SHOWN, DECLINED = "learning/experience_shown", "learning/experience_declined"


def shown(experience: Experience) -> None:
    """It is on the question's page."""
    _write(SHOWN, experience)


def declined(experience: Experience, *, reason: str) -> None:
    """Why it is not."""
    _write(DECLINED, experience, reason=reason)


def _write(kind: str, experience: Experience, **told: str) -> None:
    if experience.by:
        about = {"experience": experience.text, **told}
        emails.write(kind, experience.question, experience.by, about, key=str(experience.pk))
