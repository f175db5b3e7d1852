from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    """What works: the library of practices, methods and tools."""

    name = "practices"
    verbose_name = _("Practices")

    def ready(self) -> None:
        """Makes practices findable and searches followable; the shortlist goes along with whoever signs in."""
        from accounts import my_page, signing_in
        from hub import newsletter, site_search
        from practices import alerts, saved_searches, shortlist
        from practices.my_page import shortlist_section
        from practices.newsletter import PracticeSource
        from practices.site_search import find_practices, more_url

        site_search.register("practices", find_practices, label=_("Practices"), more_url=more_url)
        newsletter.register_source("practices", PracticeSource(), label=_("Practices"))
        saved_searches.register()
        alerts.connect()
        signing_in.register(shortlist.hand_over)
        my_page.register(shortlist_section, position=15)
