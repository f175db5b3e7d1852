from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Who works together: organisations and their people."""

    name = "partners"
    verbose_name = _("Partners")
    mails = {
        "partners/answer": _("Answer to an offer or request"),
        "partners/answer_copy": _("Copy of an answer to an offer or request"),
        "partners/over_soon": _("Offer or request over soon"),
        "partners/taken_down": _("Offer or request taken down"),
        "partners/invitation": _("Invitation to act for an organisation"),
        "partners/claim_accepted": _("Claim to an organisation accepted"),
        "partners/claim_received": _("Claim to an organisation received"),
        "partners/claim_refused": _("Claim to an organisation refused"),
        "partners/claim_to_staff": _("Claim to an organisation to look at"),
        "partners/owner_left": _("Organisation without an owner"),
        "partners/new_notices": _("New offers and requests"),
        "partners/message": _("Message to an organisation"),
        "partners/message_copy": _("Copy of a message to an organisation"),
        "partners/membership_changed": _("Another role in an organisation"),
    }
    not_shown = ("Claim", "ComparedName", "FormerMembership", "Invitation", "LikelyPair", "OrganisationImport")

    def ready(self) -> None:
        _register_personal_data()
        from django.db.models.signals import post_delete

        from accounts.privacy import keeping
        from accounts.profile import my_page, next_steps
        from hub.changes import consequences
        from hub.content_memory import kept_pages
        from hub.measures import registry as measures
        from hub.query_parsing import site_words
        from hub.saved_searches import topics as saved_searches
        from hub.site_search import registry
        from hub.site_search.registry import Kind
        from hub.what_is_new import sources
        from notifications.following import managing
        from partners.claims import claiming
        from partners.claims.keeping_times import CLAIMS
        from partners.directory import next_steps as directory_steps
        from partners.directory import notice_search
        from partners.directory.filters import FACETS
        from partners.directory.measures import MEASURES
        from partners.directory.site_search import Organisations, follow_words, own_list, visible_texts
        from partners.duplicates import deciding
        from partners.duplicates.models import LikelyPair
        from partners.exchange import publishing
        from partners.exchange.filters import FACETS as EXCHANGE_FACETS
        from partners.exchange.keeping_times import NOTICES
        from partners.following import topics
        from partners.following.news import NoticeNews
        from partners.following.searches import EXCHANGE
        from partners.members import former, inviting
        from partners.members.keeping_times import FORMER, INVITATIONS, MEMBERSHIPS
        from partners.merging import relations
        from partners.organisations.models import Membership, Organisation
        from partners.profile.my_page import organisations
        from partners.sheets import importing
        from partners.sheets.keeping_times import IMPORTS
        from partners.staff.losses import of_organisations

        registry.register("partners", Organisations())
        registry.register_kind(
            Kind("organisation", _("Organisation"), _("Organisations"), 20, own_list), source="partners"
        )
        registry.register("notices", notice_search.Notices())
        registry.register_kind(
            Kind("notice", _("Offer or request"), _("Offers and requests"), 25, notice_search.own_list),
            source="notices",
        )
        site_words.register(visible_texts)
        site_words.register(notice_search.visible_texts)
        follow_words()
        notice_search.follow_words()
        kept_pages.register("partners:directory", parameters=["q", *FACETS, "page"])
        kept_pages.register("partners:organisation")
        kept_pages.register("exchange:notices", parameters=["q", *EXCHANGE_FACETS, "page"])
        kept_pages.register("exchange:notice")
        saved_searches.register(EXCHANGE)
        topics.register()
        sources.register("notices", NoticeNews(), label=_("Offers and requests"))
        consequences.register(Organisation, teller=of_organisations)
        relations.register(LikelyPair, deciding.give_way)
        measures.register(*MEASURES)
        my_page.register(organisations, position=28)
        next_steps.register(directory_steps.directory, position=30)
        keeping.register(MEMBERSHIPS)
        keeping.register(FORMER, erase=former.forget, due=former.due)
        post_delete.connect(former.remember, sender=Membership, dispatch_uid="partners.former")
        keeping.register(INVITATIONS, erase=inviting.forget, due=inviting.due)
        managing.register_eraser(inviting.forget_address)
        keeping.register(CLAIMS, erase=claiming.forget, due=claiming.due)
        keeping.register(NOTICES, erase=publishing.forget, due=publishing.due)
        keeping.register(IMPORTS, erase=importing.forget, due=importing.due)


def _register_personal_data() -> None:
    from accounts.personal_data import declarations
    from partners.personal_data import DECLARED

    declarations.register(DECLARED)
