"""The mails after an event: thanks to who came, and the materials to who had a seat and did not come."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from events.afterwards import chain
from events.agenda.models import Event
from events.agenda.pages import page_in
from events.seats import links
from events.seats.models import Registration
from notifications.outbox import outbox
from notifications.outbox.models import Message
from notifications.outbox.outbox import Mail, spoken

THANKS = "events/thanks"
MISSED = "events/missed"


def thank(event: Event, came: Iterable[Registration], *, expires_at: datetime) -> int:
    """Thanks, with the way to feedback, certificate and materials; returns how many were written."""
    return outbox.queue_many(THANKS, _mails(event, came), about=f"event:{event.pk}", expires_at=expires_at)


def tell_missed(event: Event, missed: Iterable[Registration], *, expires_at: datetime) -> int:
    """That they were missed, with the materials; returns how many were written."""
    return outbox.queue_many(MISSED, _mails(event, missed), about=f"event:{event.pk}", expires_at=expires_at)


def written(event: Event) -> int:
    """How many people were written to after this event, as long as the outbox remembers."""
    return Message.objects.filter(kind__in=[THANKS, MISSED], about=f"event:{event.pk}").count()


def _mails(event: Event, seats: Iterable[Registration]) -> Iterator[Mail]:
    facts: dict[str, dict[str, Any]] = {}
    for seat in seats:
        language = spoken(seat.language)
        if language not in facts:
            facts[language] = _facts(event, language)
        yield Mail(
            to=seat.email,
            language=language,
            context=facts[language] | _own(seat, language),
            # One of the two, once: who is noted as having come after the other mail left gets no second one.
            dedupe_key=f"after-event:{seat.uuid}",
            source=seat.line,
        )


def _own(seat: Registration, language: str) -> dict[str, Any]:
    token = links.cancel_token(seat)
    with override(language):
        feedback, own = reverse("events:feedback", args=[token]), reverse("events:cancel", args=[token])
    return {
        "name": seat.name,
        "feedback_url": urljoin(settings.SITE_URL, feedback),
        "seat_url": urljoin(settings.SITE_URL, own),
    }


def _facts(event: Event, language: str) -> dict[str, Any]:
    page = page_in(event, language)
    with override(language):
        shown = [{"title": each.name, "url": urljoin(settings.SITE_URL, each.url)} for each in chain.materials(event)]
        title = page.title if page else str(event.title)
    url = urljoin(settings.SITE_URL, page.url or "") if page else settings.SITE_URL
    return {"event": event.pk, "event_title": title, "event_url": url, "materials": shown}
