"""The mails to who told an experience. Each only writes to the outbox."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import override

from accounts.users import addresses
from learning.experience.models import Experience
from notifications.outbox.outbox import queue, spoken

SHOWN, DECLINED = "learning/experience_shown", "learning/experience_declined"


def shown(experience: Experience) -> None:
    """It is on the question's page."""
    _queue(SHOWN, experience, {})


def declined(experience: Experience, *, reason: str) -> None:
    """Why it is not."""
    _queue(DECLINED, experience, {"reason": reason})


def _queue(kind: str, experience: Experience, told: dict[str, str]) -> None:
    to, question = experience.by, experience.question
    if to is None or not (to.is_active and addresses.holds(to, to.email)):
        return
    language = spoken(to.mail_language)
    text = question.text_in(language)
    with override(language):
        url = urljoin(settings.SITE_URL, question.get_absolute_url())
    queue(
        kind,
        to=to.email,
        language=language,
        context={"question": text.words if text else "", "experience": experience.text, "url": url, **told},
        dedupe_key=f"{kind}:{experience.pk}",
        about=question.topic,
    )
