"""The mail that asks somebody whether they want to be named. It only writes to the outbox."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.users.models import User
from learning.questions.models import Question
from notifications.outbox.outbox import queue, spoken
from notifications.outbox.telling import address_key

INVITED = "learning/expert_invited"


def invited(question: Question, *, email: str, language: str, by: User, token: str) -> None:
    """Who asks, about what, and the link to answer; a person gets one a day at most."""
    language = spoken(language)
    text = question.text_in(language)
    with override(language):
        url = urljoin(settings.SITE_URL, reverse("learning:expert_by_mail", args=[token]))
    queue(
        INVITED,
        to=email,
        language=language,
        context={"question": text.words if text else "", "by": by.get_full_name(), "expert_url": url},
        dedupe_key=f"{INVITED}:{question.pk}:{address_key(email)}:{timezone.localdate()}",
        about=question.topic,
    )
