from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    """What the network wants to know, and what it knows by now."""

    name = "learning"
    verbose_name = _("Learning")
