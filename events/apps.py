from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Where people meet: events and sign-ups."""

    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from accounts import my_page
        from events.calendar import public_events
        from events.my_registrations import section
        from hub import calendars

        calendars.register_source(public_events)
        my_page.register(section, position=20)
