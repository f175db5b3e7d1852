from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    """What works: the library of practices, methods and tools."""

    name = "practices"
    verbose_name = _("Practices")
    mails = {
        "practices/new": _("New in the library"),
        "practices/question": _("Question about a practice"),
        "practices/still_true": _("Is a practice still true?"),
        "practices/submission_received": _("Submission received"),
        "practices/submission_to_staff": _("Submission to review"),
        "practices/submission_eligible": _("Submission passed the first check"),
        "practices/submission_question": _("Question about a submission"),
        "practices/submission_published": _("Submission published"),
        "practices/submission_refused": _("Submission declined"),
        "practices/update_published": _("Update published"),
    }

    def ready(self) -> None:
        """Makes practices findable and searches followable, takes in what people submit, and shows what is theirs."""
        from wagtail.signals import published, task_submitted

        from accounts import my_page, signing_in
        from hub.changes import consequences
        from hub.installation import setting_up
        from hub.newsletter import issues
        from hub.search import site_search
        from practices import alerts, review, review_names, saved_searches, shortlist
        from practices.models.practice import Practice
        from practices.my_page import my_practices, shortlist_section
        from practices.newsletter import PracticeSource
        from practices.site_search import find_practices, more_url
        from practices.what_is_lost import of_practice

        site_search.register("practices", find_practices, label=_("Practices"), more_url=more_url)
        issues.register_source("practices", PracticeSource(), label=_("Practices"))
        my_page.register(my_practices, position=40)
        setting_up.register(review.install)
        published.connect(review.note_published, sender=Practice, dispatch_uid="practices.note_published")
        task_submitted.connect(review.note_resumed, dispatch_uid="practices.note_resumed")
        review_names.connect()
        saved_searches.register()
        consequences.register(Practice, teller=of_practice)
        alerts.connect()
        signing_in.register(shortlist.hand_over)
        my_page.register(shortlist_section, position=15)
