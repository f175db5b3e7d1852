"""What the reminder of an event looks up when it is sent: the facts as they are then, and the links of one seat."""

from dataclasses import dataclass
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from events.agenda.models import Event
from events.agenda.pages import page_in
from events.agenda.ways import Way
from events.seats import links
from events.seats.models import Registration

register = template.Library()


@dataclass(frozen=True)
class ReminderFacts:
    """One seat with its event, for a reader of the active language; `seat` is None once its row is gone."""

    event: Event
    seat: Registration | None
    title: str
    url: str
    cancel_url: str
    online_url: str


@register.simple_tag
def reminder_facts(event: int, seat: str) -> ReminderFacts | None:
    """The facts of a reminder; None once its event is gone."""
    found = Event.objects.filter(pk=event).first()
    if found is None:
        return None
    registration = Registration.objects.filter(uuid=seat, event=found).first()
    page = page_in(found, get_language() or settings.LANGUAGE_CODE)
    path = reverse("events:cancel", args=[links.cancel_token(registration)]) if registration else ""
    return ReminderFacts(
        event=found,
        seat=registration,
        title=page.title if page else str(found.title),
        url=urljoin(settings.SITE_URL, page.url or "") if page else settings.SITE_URL,
        cancel_url=urljoin(settings.SITE_URL, path) if path else "",
        online_url=_online_url(found, registration),
    )


def _online_url(event: Event, seat: Registration | None) -> str:
    """Where somebody takes part from elsewhere: only whose seat is online reads it."""
    return event.online_url if seat and seat.seat == Way.ONLINE else ""
