from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Who works together: organisations, their people, their interest in calls."""

    name = "partners"
    verbose_name = _("Partners")
    mails = {
        "partners/confirm_interest": _("Link to confirm interest in a call"),
        "partners/confirm_correction": _("Link to confirm other answers about an interest"),
        "partners/interest_received": _("Interest in a call"),
        "partners/interest_withdrawn": _("Interest in a call withdrawn"),
    }

    def ready(self) -> None:
        from accounts import my_page
        from calls.chain import participants
        from hub.changes import consequences
        from hub.site_search import registry
        from hub.site_search.registry import Kind
        from hub.wording import site_words
        from partners.models import Organisation
        from partners.my_page import organisations
        from partners.participants import PROVIDER
        from partners.site_search import Organisations, follow_words, own_list, visible_texts

        registry.register("partners", Organisations())
        registry.register_kind(
            Kind("organisation", _("Organisation"), _("Organisations"), 20, own_list), source="partners"
        )
        site_words.register(visible_texts)
        follow_words()
        my_page.register(organisations, position=30)
        participants.register(PROVIDER)
        consequences.register(Organisation, teller=consequences.of_relations)
