from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    """What the network wants to know, and what it knows by now."""

    name = "learning"
    verbose_name = _("Learning")
    mails = {
        "learning/accepted": _("A proposed question is on the learning agenda"),
        "learning/declined": _("A proposed question was declined"),
        "learning/entrusted": _("Asked to look after a question"),
        "learning/experience_shown": _("An experience is on the page of a question"),
        "learning/experience_declined": _("An experience was declined"),
        "learning/expert_invited": _("Asked to be named as an expert"),
        "learning/what_was_learned": _("Asked what was learned at an event"),
    }
    # What organisations vote is on no page before the round is over, and that changes the round.
    not_shown = ("Vote", "Choice")

    def ready(self) -> None:
        _register_personal_data()
        _register_with_accounts()
        _register_with_the_site()
        _register_notes_and_themes()
        _register_measures()


def _register_with_accounts() -> None:
    from accounts.privacy import keeping
    from accounts.profile import my_page, to_do
    from learning.agenda.my_page import learning
    from learning.agenda.to_do import to_look_at, to_tell, to_vote
    from learning.experience import keeping_times as experience_times
    from learning.experience import sharing
    from learning.experts.keeping_times import EXPERTS
    from learning.questions import keeping_times, proposing
    from learning.voting.keeping_times import VOTES

    my_page.register(learning, position=35)
    for waits in (to_look_at, to_vote, to_tell):
        to_do.register(waits)
    keeping.register(keeping_times.DECLINED, erase=proposing.forget, due=proposing.due)
    keeping.register(keeping_times.QUESTIONS)
    keeping.register(experience_times.DECLINED, erase=sharing.forget, due=sharing.due)
    keeping.register(EXPERTS)
    keeping.register(VOTES)


def _register_with_the_site() -> None:
    from hub.changes import consequences
    from hub.changes.relations import of_relations
    from hub.content_memory import kept_pages
    from hub.query_parsing import site_words
    from hub.site_search import registry
    from hub.site_search.registry import Kind
    from hub.what_is_new import sources
    from learning.agenda.filters import FACETS
    from learning.agenda.site_search import Questions, follow_words, own_list, visible_texts
    from learning.answers.news import AnswerNews
    from learning.questions import topics
    from learning.questions.models import Question

    topics.register()
    consequences.register(Question, teller=of_relations)
    registry.register("learning", Questions())
    registry.register_kind(
        Kind("question", _("Question of the learning agenda"), _("Learning agenda"), 30, own_list), source="learning"
    )
    sources.register("answers", AnswerNews(), label=_("Answers to questions of the learning agenda"))
    site_words.register(visible_texts)
    follow_words()
    kept_pages.register("learning:questions", parameters=["q", *FACETS, "page"])
    kept_pages.register("learning:question", parameters=["page"])
    kept_pages.register("learning:history", parameters=["page"])
    kept_pages.register("learning:outcome", parameters=["round", "page"])


def _register_notes_and_themes() -> None:
    from hub.changes import consequences
    from hub.changes.sentences import of_pages
    from hub.content_memory import kept_pages
    from hub.site_search import registry
    from hub.site_search.registry import Kind
    from learning.notes import citing
    from learning.notes.pages import NotePage, NotesIndexPage

    citing.connect()
    registry.register_kind(Kind("note", _("Policy note"), _("Policy notes"), 35), source="pages")
    consequences.register(NotePage, NotesIndexPage, teller=of_pages)
    kept_pages.register("wagtail_serve", parameters=["page"])
    kept_pages.register("learning:themes", "learning:theme", "learning:target")
    kept_pages.register("learning:theme_all", "learning:target_all", parameters=["page"])


def _register_measures() -> None:
    from hub.measures import registry
    from learning.agenda import measures as agenda
    from learning.themes import measures as themes

    registry.register(*agenda.MEASURES, *themes.MEASURES)


def _register_personal_data() -> None:
    from accounts.personal_data import declarations
    from learning.personal_data import DECLARED

    declarations.register(DECLARED)
