from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubConfig(AppConfig):
    """What the centre publishes: pages, calls and their deadlines, vocabularies."""

    name = "hub"
    verbose_name = _("Centre")

    def ready(self) -> None:
        """Make what the centre publishes followable, tell mails its name, and the admin how to ask for languages."""
        from hub import announcements, emails, language_widgets, newsletter, questions, topics
        from notifications import managing

        topics.register()
        managing.register_eraser(questions.erase)
        newsletter.connect()
        announcements.connect()
        emails.connect()
        language_widgets.use_in_admin()
