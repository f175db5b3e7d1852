"""The mails to who proposed a question or was asked to own one, at addresses that they proved.

Each only writes to the outbox.
"""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.users import addresses
from accounts.users.models import User
from learning.questions.models import Question
from notifications.outbox.outbox import queue, spoken

ACCEPTED, DECLINED, ENTRUSTED = "learning/accepted", "learning/declined", "learning/entrusted"


def accepted(question: Question) -> None:
    """To who proposed it: it is on the agenda."""
    if question.proposed_by:
        _queue(ACCEPTED, question, question.proposed_by, {}, key="accepted")


def declined(question: Question, *, reason: str) -> None:
    """To who proposed it: why it is not."""
    if question.proposed_by:
        _queue(DECLINED, question, question.proposed_by, {"reason": reason}, key="declined")


def entrusted(question: Question, person: User, *, by: User, organisation: str) -> None:
    """To who owns it from now on: what that means, and how to give it back."""
    told = {"by": by.get_full_name(), "organisation": organisation}
    _queue(ENTRUSTED, question, person, told, key=f"entrusted:{question.updated_at.timestamp()}")


def _queue(kind: str, question: Question, to: User, told: dict[str, str], *, key: str) -> None:
    if not (to.is_active and addresses.holds(to, to.email)):
        return
    language = spoken(to.mail_language)
    text = question.text_in(language)
    with override(language):
        place = _place(kind, question)
    queue(
        kind,
        to=to.email,
        language=language,
        context={"question": text.words if text else "", "url": urljoin(settings.SITE_URL, place), **told},
        dedupe_key=f"{kind}:{question.pk}:{to.pk}:{key}",
        about=question.topic,
    )


def _place(kind: str, question: Question) -> str:
    """A question that was declined has no page."""
    if kind == DECLINED:
        return reverse("learning:questions")
    return reverse("learning:keep", args=[question.slug]) if kind == ENTRUSTED else question.get_absolute_url()
