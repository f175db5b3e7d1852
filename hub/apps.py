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
        from calls.chain.models import Call
        from calls.pages import call_announcements, call_calendars
        from calls.pages.models import CallPage
        from calls.questions import answering, call_topics
        from calls.reminders import reminders
        from calls.staff import losses
        from hub import what_is_lost
        from hub.dates import calendars, fields
        from hub.facts.forget import forget
        from hub.files import bare_pictures
        from hub.installation import setting_up
        from hub.languages import widgets
        from hub.newsletter import issues
        from hub.newsletter.page_source import PageSource
        from hub.pages import announcements, slugs, topics
        from hub.pages.models import NewsPage
        from hub.search import page_entries
        from hub.site import mail_facts
        from notifications import managing, sending

        topics.register()
        call_topics.register()
        managing.register_eraser(answering.erase)
        managing.register_eraser(forget)
        issues.connect()
        issues.register_source("news", PageSource(NewsPage, "translation_key"), label=_("News"))
        issues.register_source("calls", PageSource(CallPage, "call_id"), label=_("Calls"))
        announcements.connect()
        call_announcements.connect()
        calendars.register_source(call_calendars.deadlines)
        mail_facts.connect()
        bare_pictures.connect()
        page_entries.connect()
        page_entries.follow_facts(Call, pages="pages")
        setting_up.register(page_entries.fill_entries)
        widgets.use_in_admin()
        fields.use_in_admin()
        what_is_lost.connect()
        losses.connect()
        sending.register_check(reminders.withdraw_stale)
        slugs.use_in_translations()
