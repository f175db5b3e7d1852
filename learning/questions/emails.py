"""The mails to who proposed a question or was asked to own one, at addresses that they proved.

Each only writes to the outbox.
"""

from collections.abc import Callable, Mapping
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
        write(ACCEPTED, question, question.proposed_by, {}, key="accepted")


def declined(question: Question, *, reason: str) -> None:
    """To who proposed it: why it is not."""
    if question.proposed_by:
        # It has no page.
        told = {"reason": reason}
        write(
            DECLINED, question, question.proposed_by, told, key="declined", place=lambda: reverse("learning:questions")
        )


def entrusted(question: Question, person: User, *, by: User, organisation: str) -> None:
    """To who owns it from now on: what that means, and how to give it back."""
    told = {"by": by.get_full_name(), "organisation": organisation}
    key = f"entrusted:{question.updated_at.timestamp()}"
    write(ENTRUSTED, question, person, told, key=key, place=lambda: reverse("learning:keep", args=[question.slug]))


def write(
    kind: str,
    question: Question,
    to: User,
    told: Mapping[str, str],
    *,
    key: str,
    place: Callable[[], str] | None = None,
) -> None:
    """One mail about a question to somebody's proved address; it leads to the page of the question, or to `place`."""
    if not (to.is_active and addresses.holds(to, to.email)):
        return
    language = spoken(to.mail_language)
    text = question.text_in(language)
    with override(language):
        url = urljoin(settings.SITE_URL, (place or question.get_absolute_url)())
    queue(
        kind,
        to=to.email,
        language=language,
        context={"question": text.words if text else "", "url": url, **told},
        dedupe_key=f"{kind}:{question.pk}:{to.pk}:{key}",
        about=question.topic,
    )
