"""The learning agenda in the admin: what was proposed and told, and the rounds of votes."""

from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from accounts.menu.groups import LIBRARY
from accounts.records.readonly_admin import RecordViewSet
from hub.facts.readonly_admin import day_column, moment_column
from learning.experience.models import Experience
from learning.notes.screens import menu_item
from learning.questions.models import Question, QuestionQuerySet
from learning.voting.models import Round


def _words(question: Question) -> str:
    return str(question)


def _screen(question: Question) -> str:
    return reverse("learning_admin_question", args=[question.pk])


def _owner(question: Question) -> str:
    """Who looks after it; nobody is the centre."""
    said = [str(each) for each in (question.owner_person, question.owner_organisation) if each]
    return ", ".join(said) or gettext("the centre")


class QuestionFilters(WagtailFilterSet):
    """Which questions the list shows."""

    ownerless = django_filters.BooleanFilter(label=_("Nobody looks after it"), method="filter_ownerless")

    class Meta:
        model = Question
        fields = ["state"]

    def filter_ownerless(self, rows: QuestionQuerySet, name: str, value: bool) -> QuestionQuerySet:
        left = Question.objects.without_owner().order_by().values("pk")
        return rows.filter(pk__in=left) if value else rows.exclude(pk__in=left)


class QuestionViewSet(RecordViewSet):
    """What the network wants to know; what was proposed is decided on a screen of its own."""

    model = Question
    icon = "help"
    menu_label = _("Questions")
    list_display = [
        TitleColumn("words", label=_("Question"), accessor=_words, get_url=_screen),
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        Column("owner", label=_("Looked after by"), accessor=_owner),
        moment_column("proposed_at", _("Proposed (Brussels)")),
        day_column("review_due", _("Answer looked at again by")),
    ]
    filterset_class = QuestionFilters
    search_fields = ["slug", "texts__words"]
    list_per_page = 50
    inspect_view_fields = [
        *("slug", "state", "state_note", "proposed_by", "proposed_at", "decided_at"),
        *("owner_person", "owner_organisation", "next_step", "next_step_on", "review_due", "practices", "events"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return Question.objects.with_words().select_related("owner_person", "owner_organisation")


def _experience_screen(experience: Experience) -> str:
    return reverse("learning_admin_experience", args=[experience.pk])


class ExperienceFilters(WagtailFilterSet):
    """Which experiences the list shows."""

    class Meta:
        model = Experience
        fields = ["state"]


class ExperienceViewSet(RecordViewSet):
    """What people told about a question."""

    model = Experience
    icon = "comment"
    menu_label = _("Experiences")
    list_display = [
        TitleColumn("__str__", label=_("Experience"), get_url=_experience_screen),
        Column("question", label=_("Question")),
        "organisation",
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        moment_column("at", _("Told (Brussels)")),
    ]
    filterset_class = ExperienceFilters
    search_fields = ["text"]
    list_per_page = 50
    inspect_view_fields = [
        *("question", "organisation", "text", "language", "state", "reason", "by", "at", "decided_at"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Experience]:
        return Experience.objects.select_related("organisation", "question").prefetch_related("question__texts")


def _round_screen(round_: Round) -> str:
    return reverse("learning_admin_rounds")


class RoundViewSet(RecordViewSet):
    """The rounds of votes."""

    model = Round
    icon = "tick-inverse"
    menu_label = _("Rounds of votes")
    list_display = [
        TitleColumn("__str__", label=_("Round"), get_url=_round_screen),
        moment_column("opened_at", _("Opened (Brussels)")),
        moment_column("until", _("Until (Brussels)")),
        moment_column("closed_at", _("Closed (Brussels)")),
        Column("voted", label=_("Organisations that voted")),
    ]
    inspect_view_fields = ["opened_at", "opened_by", "until", "closed_at", "closed_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Round]:
        return Round.objects.annotate(voted=Count("votes", filter=Q(votes__number__gt=0)))


class LearningGroup(SnippetViewSetGroup):
    """The entry below the library."""

    items: Any = (QuestionViewSet, ExperienceViewSet, RoundViewSet)
    menu_icon = "help"
    menu_label = _("Learning")
    menu_name = "learning"
    menu_hook = LIBRARY.hook
    menu_order = 1_000

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), menu_item()]
