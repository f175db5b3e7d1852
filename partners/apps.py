from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Who works together: organisations, their people, their interest in calls."""

    name = "partners"
    verbose_name = _("Partners")
