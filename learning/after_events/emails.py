"""The mail that asks what was learned at an event. It only writes to the outbox."""

from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from events.agenda.models import Event
from events.agenda.pages import page_in
from learning.questions.models import Question
from notifications.outbox.mailbox_cap import NAMED
from notifications.outbox.outbox import queue, spoken
from notifications.outbox.telling import address_key
from partners.contact.receivers import Receiver

ASKED = "learning/what_was_learned"
# A mail that could not leave within this time stays away.
WORTH_READING = timedelta(days=14)


def ask(question: Question, event: Event, to: Receiver) -> bool:
    """What was learned there, with the link to the form; once for each address. False when that was asked before."""
    language = spoken(to.language)
    text, page = question.text_in(language), page_in(event, language)
    with override(language):
        url = f"{reverse('learning:answer', args=[question.slug])}?event={event.uid}"
        title = page.title if page else str(event.title)
    return queue(
        ASKED,
        to=to.email,
        language=language,
        context={
            "question": text.words if text else "",
            "event_title": title,
            "answer_url": urljoin(settings.SITE_URL, url),
        },
        dedupe_key=f"{ASKED}:{question.pk}:{event.pk}:{address_key(to.email)}",
        about=f"{question.topic}:event:{event.pk}",
        expires_at=event.ends_at + WORTH_READING + timedelta(days=1),
        allowance=NAMED,
    )
