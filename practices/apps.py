from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    """What works: the library of practices, methods and tools."""

    name = "practices"
    verbose_name = _("Practices")
