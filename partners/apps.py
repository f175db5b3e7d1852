from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Who works together: organisations, their people, their interest in calls."""

    name = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        """Add this app's section to "my page"."""
        from accounts import my_page
        from partners.my_page import organisations

        my_page.register(organisations, position=30)
