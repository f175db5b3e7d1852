from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    """Calls: their facts and deadlines, their pages, reminders, questions."""

    name = "calls"
    verbose_name = _("Calls")
    mails = {
        "calls/call": _("New call"),
        "calls/call_withdrawn": _("A call was withdrawn"),
        "calls/deadline": _("Reminder of a deadline"),
        "calls/deadline_moved": _("A date moved"),
        "calls/question_answered": _("Answer to a question about a call"),
        "calls/question_asked": _("Question about a call"),
        "calls/question_corrected": _("Correction of an answer about a call"),
        "calls/question_refused": _("A question about a call was declined"),
    }

    def ready(self) -> None:
        """Make calls followable and found, tell of new ones, put their dates into the calendar."""
        _register_personal_data()
        from accounts.privacy import keeping
        from accounts.profile import next_steps
        from calls.moving import measures as moving_measures
        from calls.overview import coming_dates
        from calls.overview import measures as call_measures
        from calls.overview import next_steps as call_steps
        from calls.overview import topics as call_topics
        from calls.overview.forms import CallFilterForm
        from calls.pages import call_announcements, call_calendars, contacts, page_entries
        from calls.pages.models import CallPage
        from calls.questions import answering, keeping_times
        from calls.questions import measures as question_measures
        from calls.questions import topics as question_topics
        from calls.reminders import reminders
        from calls.staff import losses
        from hub.content_memory import kept_pages
        from hub.dates import calendars
        from hub.measures import registry as measures
        from hub.newsletter import issues
        from hub.newsletter.page_source import PageSource
        from hub.site_search import registry
        from hub.site_search.registry import Kind
        from notifications.delivery import sending
        from notifications.following import managing

        measures.register(*call_measures.MEASURES, *question_measures.MEASURES, *moving_measures.MEASURES)
        call_topics.register()
        coming_dates.register()
        next_steps.register(call_steps.dates, position=10)
        question_topics.register()
        managing.register_eraser(answering.erase)
        issues.register_source("calls", PageSource(CallPage, "call_id"), label=_("Calls"))
        call_announcements.connect()
        contacts.connect()
        calendars.register_source(call_calendars.deadlines)
        page_entries.connect()
        registry.register_kind(Kind("call", _("Call"), _("Calls"), 30), source="pages")
        losses.connect()
        keeping.register(keeping_times.ASKERS, erase=answering.forget_askers, due=answering.due_answered)
        keeping.register(
            keeping_times.ASKERS_UNANSWERED, erase=answering.forget_askers_unanswered, due=answering.due_unanswered
        )
        kept_pages.register("wagtail_serve", parameters=[*CallFilterForm.base_fields, "page"])
        kept_pages.register("calls:calls_feed", "calls:call_calendar", "calls:deadline_calendar")
        sending.register_check(reminders.withdraw_stale)


def _register_personal_data() -> None:
    from accounts.personal_data import declarations
    from calls.personal_data import DECLARED

    declarations.register(DECLARED)
