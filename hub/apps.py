from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubConfig(AppConfig):
    """What the centre publishes: pages, calls and their deadlines, vocabularies."""

    name = "hub"
    verbose_name = _("Centre")
    mails = {
        "hub/call": _("New call"),
        "hub/call_withdrawn": _("A call was withdrawn"),
        "hub/contact_message": _("Contact form"),
        "hub/deadline": _("Reminder of a deadline"),
        "hub/deadline_moved": _("A date moved"),
        "hub/digest": _("Newsletter"),
        "hub/news": _("News"),
        "hub/question_answered": _("Answer to a question about a call"),
        "hub/question_asked": _("Question about a call"),
        "hub/question_corrected": _("Correction of an answer about a call"),
        "hub/question_refused": _("A question about a call was declined"),
    }

    def ready(self) -> None:
        """Make what the centre publishes followable, tell mails its name, and the admin how to ask for languages."""
        from hub import (
            announcements,
            bare_pictures,
            calendars,
            call_announcements,
            call_calendars,
            call_losses,
            call_topics,
            date_fields,
            emails,
            installation,
            language_widgets,
            newsletter,
            page_entries,
            questions,
            reminders,
            slugs,
            topics,
            what_is_lost,
        )
        from hub.facts.forget import forget
        from hub.models import Call, CallPage, NewsPage
        from hub.newsletter_pages import PageSource
        from notifications import managing, sending

        topics.register()
        call_topics.register()
        managing.register_eraser(questions.erase)
        managing.register_eraser(forget)
        newsletter.connect()
        newsletter.register_source("news", PageSource(NewsPage, "translation_key"), label=_("News"))
        newsletter.register_source("calls", PageSource(CallPage, "call_id"), label=_("Calls"))
        announcements.connect()
        call_announcements.connect()
        calendars.register_source(call_calendars.deadlines)
        emails.connect()
        bare_pictures.connect()
        page_entries.connect()
        page_entries.follow_facts(Call, pages="pages")
        installation.register(page_entries.fill_entries)
        language_widgets.use_in_admin()
        date_fields.use_in_admin()
        what_is_lost.connect()
        call_losses.connect()
        sending.register_check(reminders.withdraw_stale)
        slugs.use_in_translations()
