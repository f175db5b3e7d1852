from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Where people meet: events and sign-ups."""

    name = "events"
    verbose_name = _("Events")
