from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Every message that leaves the portal, and who asked for which."""

    name = "notifications"
    verbose_name = _("Notifications")
