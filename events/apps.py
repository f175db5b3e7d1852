from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Where people meet: events and sign-ups."""

    name = "events"
    verbose_name = _("Events")
    mails = {
        "events/registered": _("Sign-up for an event"),
        "events/cancelled": _("Sign-up cancelled"),
        "events/moved": _("An event moved"),
        "events/called_off": _("An event was cancelled"),
        "events/on_again": _("An event takes place after all"),
    }

    def ready(self) -> None:
        from accounts import my_page
        from events import what_is_lost
        from events.calendar import public_events
        from events.models import Event
        from events.my_registrations import section
        from events.newsletter import EventSource
        from hub.dates import calendars
        from hub.newsletter import issues
        from hub.search import page_entries

        what_is_lost.connect()
        calendars.register_source(public_events)
        issues.register_source("events", EventSource(), label=_("Events"))
        page_entries.follow_facts(Event, pages="pages")
        my_page.register(section, position=20)
