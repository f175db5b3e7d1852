from events.models.change import ARRANGED, EventChange
from events.models.event import Event, EventQuerySet, in_agenda_order
from events.models.pages import EventIndexPage, EventPage, page_in, pages_for, pages_of
from events.models.registration import Registration, RegistrationQuerySet

__all__ = [
    "ARRANGED",
    "Event",
    "EventChange",
    "EventIndexPage",
    "EventPage",
    "EventQuerySet",
    "Registration",
    "RegistrationQuerySet",
    "in_agenda_order",
    "page_in",
    "pages_for",
    "pages_of",
]
