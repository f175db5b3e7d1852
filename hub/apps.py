from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubConfig(AppConfig):
    """What the centre publishes: pages, calls and their deadlines, vocabularies."""

    name = "hub"
    verbose_name = _("Centre")

    def ready(self) -> None:
        """Make calls and news followable, tell mails the name of the site, and the admin how to ask for languages."""
        from hub import emails, language_widgets, topics

        topics.register()
        emails.connect()
        language_widgets.use_in_admin()
