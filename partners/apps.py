from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Who works together: organisations and their people."""

    name = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        from hub.changes import consequences
        from hub.search import site_search
        from partners.directory.site_search import find_organisations, more_organisations
        from partners.organisations.models import Organisation

        site_search.register("partners", find_organisations, label=_("Partners"), more_url=more_organisations)
        consequences.register(Organisation, teller=consequences.of_relations)
