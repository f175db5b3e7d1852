from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    """What works: the library of practices, methods and tools."""

    name = "practices"
    verbose_name = _("Practices")
    mails = {
        "practices/new": _("New in the library"),
        "practices/question": _("Question about a practice"),
        "practices/reconfirm": _("Is a practice still true?"),
        "practices/submission_received": _("Submission received"),
        "practices/submission_to_staff": _("Submission to review"),
        "practices/submission_eligible": _("Submission passed the first check"),
        "practices/submission_question": _("Question about a submission"),
        "practices/submission_published": _("Submission published"),
        "practices/submission_refused": _("Submission declined"),
        "practices/update_published": _("Update published"),
        "practices/reuse_to_check": _("Report of reuse to check"),
        "practices/reuse_accepted": _("Report of reuse accepted"),
        "practices/reuse_returned": _("Report of reuse sent back"),
        "practices/reuse_taken_down": _("Report of reuse taken down"),
        "practices/reuse_asked": _("Asked how a reuse went on"),
    }
    not_shown = (
        "ShortlistEntry",
        "KeptSituation",
        "AssessmentTask",
        "AssessmentTask_groups",
        "ConfirmationRequest",
        "EligibilityTask",
        "EligibilityTask_groups",
        "Submission",
        "SubmissionEvent",
        "SubmissionFile",
        "PracticeImport",
        # Triggers derive these from practices, which are watched.
        "LibraryEntry",
        "LibraryWord",
    )

    def ready(self) -> None:
        """Makes practices findable and searches followable, takes in what people submit, and shows what is theirs."""
        _register_personal_data()
        from wagtail.signals import published, task_submitted

        from accounts.privacy import keeping
        from accounts.profile import my_page, next_steps, to_do
        from accounts.signing_in import handover
        from hub.changes import consequences
        from hub.changes.relations import of_relations
        from hub.content_memory import kept_pages
        from hub.installation import setting_up
        from hub.newsletter import issues
        from hub.saved_searches import topics as saved_searches
        from hub.site_search import registry
        from hub.site_search.registry import Kind
        from hub.what_is_new import sources
        from practices.admin.what_is_lost import of_practices
        from practices.choosing import shortlist
        from practices.choosing.forms import ComparisonForm
        from practices.choosing.my_page import shortlist_section
        from practices.context import remembering
        from practices.context.keeping_times import SITUATIONS
        from practices.context.my_page import situation_section
        from practices.contributing import submission
        from practices.contributing.my_page import my_practices
        from practices.contributing.next_steps import library
        from practices.contributing.to_do import to_complete
        from practices.following import news
        from practices.following.news import PracticeNews
        from practices.following.newsletter import PracticeSource
        from practices.following.searches import LIBRARY
        from practices.import_export import importing
        from practices.import_export.keeping_times import IMPORTS
        from practices.library.filters import PracticeFilterSet
        from practices.library.site_search import Library, own_list
        from practices.mainstreaming.models import PolicyHook
        from practices.page import views
        from practices.practice import preview
        from practices.practice.models.practice import Practice
        from practices.practice.models.reviewed import register_review
        from practices.practice.terms import Terms
        from practices.review import decisions, names, workflow
        from practices.submissions import files, keeping_times
        from practices.tracker import topics as tracker_topics
        from practices.tracker.forms import HooksForm, PracticesForm
        from practices.tracker.news import MoveNews

        preview.register(views.page_context)
        registry.register("practices", Library())
        registry.register_names(Terms.load)
        registry.register_kind(Kind("practice", _("Practice"), _("Practices"), 10, own_list), source="practices")
        issues.register_source("practices", PracticeSource(), label=_("Practices"))
        my_page.register(my_practices, position=40)
        to_do.register(to_complete)
        next_steps.register(library, position=5)
        register_review(workflow.workflow)
        decisions.register()
        setting_up.register(workflow.install)
        published.connect(decisions.note_published, sender=Practice, dispatch_uid="practices.note_published")
        task_submitted.connect(decisions.note_resumed, dispatch_uid="practices.note_resumed")
        names.connect()
        saved_searches.register(LIBRARY)
        news.register()
        sources.register("practices", PracticeNews(), label=_("Practices"))
        tracker_topics.register()
        sources.register("moves", MoveNews(), label=_("Practices that moved to another stage"))
        consequences.register(Practice, teller=of_practices)
        consequences.register(PolicyHook, teller=of_relations)
        handover.register(shortlist.hand_over)
        my_page.register(shortlist_section, position=15)
        handover.register(remembering.hand_over)
        my_page.register(situation_section, position=16)
        kept_pages.register("practices:library", "practices:feed", parameters=[*PracticeFilterSet.base_filters, "page"])
        kept_pages.register("practices:compare", parameters=ComparisonForm.base_fields)
        kept_pages.register("practices:practice")
        asked = {*PracticesForm.base_fields, *HooksForm.base_fields, "page"}
        kept_pages.register("practices:tracker", "practices:tracker_practices", parameters=asked)
        kept_pages.register("practices:tracker_moves", "practices:tracker_hooks", "practices:tracker_feed")
        keeping.register(keeping_times.DRAFTS, erase=submission.forget_drafts, due=submission.due_drafts)
        keeping.register(keeping_times.DECIDED, erase=submission.forget_decided, due=submission.due_decided)
        keeping.register(keeping_times.STRAY_FILES, erase=files.sweep, due=files.stray)
        keeping.register(IMPORTS, erase=importing.forget, due=importing.due)
        keeping.register(SITUATIONS, erase=remembering.forget_old, due=remembering.due)
        _register_reuse()
        _register_measures()


def _register_reuse() -> None:
    from accounts.profile import my_page, to_do
    from hub.changes import consequences
    from hub.changes.relations import of_relations
    from hub.content_memory import kept_pages
    from hub.site_search import registry
    from hub.site_search.registry import Kind
    from partners.merging import relations
    from practices.context import facts
    from practices.reuse import merging
    from practices.reuse.elsewhere import WhereItDidWell
    from practices.reuse.models.reuses import Reuse
    from practices.reuse_reports.listing import FACETS
    from practices.reuse_reports.my_page import reuses
    from practices.reuse_reports.site_search import Reports
    from practices.reuse_reports.to_do import to_check, to_tell
    from practices.tracker.site_search import Hooks

    registry.register("reuses", Reports())
    registry.register_kind(Kind("reuse", _("Report of reuse"), _("Reports of reuse"), 31), source="reuses")
    registry.register("policy-hooks", Hooks())
    registry.register_kind(Kind("policy-hook", _("Policy hook"), _("Policy hooks"), 32), source="policy-hooks")
    my_page.register(reuses, position=41)
    to_do.register(to_tell)
    to_do.register(to_check)
    facts.register(WhereItDidWell())
    relations.register(Reuse, merging.give_way)
    consequences.register(Reuse, teller=of_relations)
    kept_pages.register("practices:reuses", parameters=[*FACETS, "q", "page"])
    kept_pages.register("practices:reuse")


def _register_measures() -> None:
    from hub.measures import registry
    from practices.practice import measures as library
    from practices.reconfirmation import measures as reconfirmation
    from practices.reuse import measures as reuse
    from practices.submissions import measures as submissions
    from practices.tracker import measures as tracker

    for room in (library, reconfirmation, reuse, tracker, submissions):
        registry.register(*room.MEASURES)


def _register_personal_data() -> None:
    from accounts.personal_data import declarations
    from practices.personal_data import DECLARED

    declarations.register(DECLARED)
