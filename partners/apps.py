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
        from hub.search import site_search
        from partners.found import find_organisations, more_organisations
        from partners.models import Organisation
        from partners.my_page import organisations
        from partners.participants import PROVIDER

        site_search.register("partners", find_organisations, label=_("Partners"), more_url=more_organisations)
        my_page.register(organisations, position=30)
        participants.register(PROVIDER)
        consequences.register(Organisation, teller=consequences.of_relations)
