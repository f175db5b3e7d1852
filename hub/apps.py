from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubConfig(AppConfig):
    """What the centre publishes: pages, calls and their deadlines, vocabularies."""

    name = "hub"
    verbose_name = _("Centre")

    def ready(self) -> None:
        """Make calls and news followable, and tell mails the name of the site."""
        from hub import emails, topics

        topics.register()
        emails.connect()
