from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    """What works: the library of practices, methods and tools."""

    name = "practices"
    verbose_name = _("Practices")

    def ready(self) -> None:
        """Lets the search over the whole site find practices, and the newsletter tell of them."""
        from hub import newsletter, site_search
        from practices.newsletter import PracticeSource
        from practices.site_search import find_practices, more_url

        site_search.register("practices", find_practices, label=_("Practices"), more_url=more_url)
        newsletter.register_source("practices", PracticeSource(), label=_("Practices"))
