"""Whom mails about an event name for questions: whom its page names."""

from django.db.models import Q
from django.utils.translation import get_language

from events.agenda.models import Event
from events.agenda.pages import EventPage
from hub.contact.in_mails import told
from notifications.outbox import contacts


def _of_event(key: int) -> contacts.Contact | None:
    return _found(Q(event=key) | Q(series__dates=key), Q(pk=key))


def _of_series(key: int) -> contacts.Contact | None:
    return _found(Q(series=key), Q(series=key))


def _found(pages: Q, events: Q) -> contacts.Contact | None:
    """Whom the page in the active language names, else whom the first of these events does."""
    words = EventPage.objects.live().filter(pages, locale__language_code=get_language(), contact__isnull=False)
    if page := words.select_related("contact").first():
        return told(page.contact)
    dates = Event.objects.filter(events, contact__isnull=False).select_related("contact").order_by("starts_at", "pk")
    first = dates.first()
    return told(first.contact) if first else None


def connect() -> None:
    """Called once when Django starts."""
    contacts.register("event", _of_event)
    contacts.register("series", _of_series)
