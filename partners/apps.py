from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Who works together: organisations and their people."""

    name = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        from hub.changes import consequences
        from hub.changes.relations import of_relations
        from hub.content_memory import kept_pages
        from hub.query_parsing import site_words
        from hub.site_search import registry
        from hub.site_search.registry import Kind
        from partners.directory.filters import FACETS
        from partners.directory.site_search import Organisations, follow_words, own_list, visible_texts
        from partners.organisations.models import Organisation

        registry.register("partners", Organisations())
        registry.register_kind(
            Kind("organisation", _("Organisation"), _("Organisations"), 20, own_list), source="partners"
        )
        site_words.register(visible_texts)
        follow_words()
        kept_pages.register("partners:directory", parameters=["q", *FACETS, "page"])
        kept_pages.register("partners:organisation")
        consequences.register(Organisation, teller=of_relations)
