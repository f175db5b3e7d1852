from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Where people meet: events and sign-ups."""

    name = "events"
    verbose_name = _("Events")
    mails = {
        "events/registered": _("Sign-up for an event"),
        "events/several": _("Sign-up for several dates"),
        "events/waiting": _("Place on a waiting list"),
        "events/offered": _("A seat to be accepted"),
        "events/offer_passed": _("A seat went to the next person"),
        "events/list_ended": _("A waiting list ended"),
        "events/handed_over": _("A seat handed over"),
        "events/cancelled": _("Sign-up cancelled"),
        "events/reminder": _("Reminder of an event"),
        "events/moved": _("An event moved"),
        "events/called_off": _("An event was cancelled"),
        "events/on_again": _("An event takes place after all"),
        "events/thanks": _("Thanks after an event"),
        "events/missed": _("Who was missed at an event"),
    }
    not_shown = (
        *("Answer", "Certificate", "DoorPass", "FeedbackAnswer", "FeedbackGiven"),
        *("Registration", "Scan", "SensitiveAnswer", "WalkIn"),
    )

    def ready(self) -> None:
        _register_personal_data()
        from django.db.models.signals import post_save

        from accounts.profile import my_page, next_steps, to_do
        from events.agenda import page_entries
        from events.agenda.calendar import public_events
        from events.agenda.models import Event
        from events.erasing import plan
        from events.following.news import EventNews
        from events.following.newsletter import EventSource
        from events.organisers import rights
        from events.overview import contacts
        from events.overview import next_steps as event_steps
        from events.overview.forms import AgendaForm
        from events.reminders import reminders
        from events.seats import waiting_list
        from events.sign_up.my_page import section
        from events.sign_up.to_do import to_settle
        from events.staff import losses
        from events.staff import measures as event_measures
        from events.staff.kept import KEPT
        from hub.content_memory import kept_pages
        from hub.dates import calendars
        from hub.installation import setting_up
        from hub.measures import registry as measures
        from hub.newsletter import issues
        from hub.site_search import registry
        from hub.site_search.registry import Kind
        from hub.what_is_new import sources
        from notifications.delivery import sending

        losses.connect()
        contacts.connect()
        measures.register(*event_measures.MEASURES)
        setting_up.register(rights.install)
        post_save.connect(waiting_list.on_event_saved, sender=Event)
        calendars.register_source(public_events)
        issues.register_source("events", EventSource(), label=_("Events"))
        sources.register("events", EventNews(), label=_("Events"))
        page_entries.connect()
        registry.register_kind(Kind("event", _("Event"), _("Events"), 40), source="pages")
        my_page.register(section, position=20)
        to_do.register(to_settle)
        next_steps.register(event_steps.events, position=20)
        kept_pages.register("events:calendar")
        kept_pages.register("events:series_calendar")
        kept_pages.register("wagtail_serve", parameters=[*AgendaForm.base_fields, "page"])
        for kept in (plan.ACCESS, plan.UNPROVED, plan.SEATS, plan.SENT, *KEPT):
            plan.register(kept)
        sending.register_check(reminders.withdraw_stale)
        _register_keeping()


def _register_keeping() -> None:
    from accounts.privacy.keeping import register
    from events.afterwards import keeping_times as afterwards_times
    from events.afterwards import retention as certificates
    from events.door import check_in
    from events.door import keeping_times as door_times
    from events.feedback import keeping_times as feedback_times
    from events.feedback import retention as feedback
    from events.questions import answering
    from events.questions.keeping_times import SENSITIVE_ANSWERS
    from events.seats import keeping_times, retention

    register(keeping_times.REGISTRATIONS)
    register(keeping_times.ACCESS_NEEDS, erase=retention.forget_access_needs, due=retention.due_access_needs)
    register(SENSITIVE_ANSWERS, erase=answering.forget_sensitive, due=answering.due_sensitive)
    register(keeping_times.UNPROVED_SEATS, erase=retention.forget_unproved, due=retention.due_unproved)
    register(door_times.WALK_INS, erase=check_in.forget_walk_ins, due=check_in.due_walk_ins)
    register(door_times.SCANS, erase=check_in.forget_scans, due=check_in.due_scans)
    register(afterwards_times.CERTIFICATES, erase=certificates.forget_certificates, due=certificates.due)
    register(feedback_times.FEEDBACK_GIVEN, erase=feedback.forget_who_answered, due=feedback.due_givers)
    register(feedback_times.FEEDBACK_TEXTS, erase=feedback.forget_texts, due=feedback.due_texts)
    register(feedback_times.FEEDBACK_MARKS)


def _register_personal_data() -> None:
    from accounts.personal_data import declarations
    from events.personal_data import DECLARED

    declarations.register(DECLARED)
