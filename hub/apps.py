from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubConfig(AppConfig):
    """What the centre publishes, and what all apps to its right build upon: pages, search, vocabularies, dates."""

    name = "hub"
    verbose_name = _("Centre")
    mails = {
        "hub/contact_message": _("Contact form"),
        "hub/digest": _("Newsletter"),
        "hub/news": _("News"),
        "hub/what_is_new": _("New on what people follow"),
    }
    not_shown = (
        "ContentChange",
        "SavedSearch",
        "SourceTold",
        # Learnt from pages and organisations, which are watched.
        "SiteWord",
    )

    def ready(self) -> None:
        """Make what the centre publishes followable, tell mails its name, and the admin how to ask for languages."""
        from accounts.privacy import keeping
        from hub import what_is_lost
        from hub.contact import in_mails
        from hub.content_memory import kept_pages
        from hub.dates import fields
        from hub.facts import record
        from hub.facts.keeping_times import RECORD
        from hub.files import bare_pictures
        from hub.files.keeping_times import UPLOADS
        from hub.installation import setting_up
        from hub.languages import kept_names, reading_order, widgets
        from hub.measures import followers, mail
        from hub.measures import registry as measures
        from hub.newsletter import issues
        from hub.newsletter import topics as newsletter_topics
        from hub.newsletter.page_source import PageSource
        from hub.pages import announcements, slugs
        from hub.pages import topics as page_topics
        from hub.pages.models import NewsPage
        from hub.query_parsing import site_words
        from hub.saved_searches import alerts
        from hub.saved_searches import topics as saved_searches
        from hub.saved_searches.keeping_times import SEARCH_WORDS, UNFOLLOWED_SEARCHES
        from hub.site import mail_facts
        from hub.site_search import page_entries, registry
        from hub.site_search.forms import SearchForm
        from hub.site_search.pages import Pages
        from hub.site_search.registry import Kind
        from hub.versions import old
        from hub.versions.keeping_times import VERSIONS
        from hub.what_is_new import telling
        from notifications.following import managing

        page_topics.register()
        managing.register_eraser(record.forget)
        keeping.register(RECORD, erase=record.forget_old, due=record.due)
        keeping.register(VERSIONS, erase=old.forget, due=old.due)
        keeping.register(UPLOADS)
        keeping.register(SEARCH_WORDS)
        keeping.register(UNFOLLOWED_SEARCHES, erase=saved_searches.forget_unfollowed, due=saved_searches.due)
        alerts.connect()
        telling.connect()
        newsletter_topics.register()
        issues.register_source("news", PageSource(NewsPage, "translation_key"), label=_("News"))
        announcements.connect()
        mail_facts.connect()
        in_mails.connect()
        bare_pictures.connect()
        page_entries.connect()
        site_words.register(page_entries.visible_texts)
        setting_up.register(site_words.fill)
        setting_up.register(page_entries.fill_entries)
        measures.register(*followers.MEASURES, *mail.MEASURES)
        registry.register("pages", Pages())
        for kind in (
            Kind("news", _("News"), _("News"), 50),
            Kind("page", _("Page"), _("Pages"), 60),
        ):
            registry.register_kind(kind, source="pages")
        kept_pages.register("wagtail_serve", "hub:news_feed", "hub:calendar", parameters=["page"])
        kept_pages.register("hub:search", parameters=[*SearchForm.base_fields, "kind"])
        reading_order.use_for_labels()
        widgets.use_in_admin()
        kept_names.use_in_admin()
        fields.use_in_admin()
        what_is_lost.connect()
        slugs.use_in_translations()
