"""How staff see the questions about calls and decide: answer, show, refuse."""

from typing import Any

from django.forms import RadioSelect
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.ui.tables import Column

from accounts.menu.groups import CALLS
from accounts.records.readonly_admin import RecordChooserViewSet
from calls.questions import answering
from calls.questions.keeping_times import ASKERS
from calls.questions.models import Question
from calls.questions.preview import QuestionCreateView, QuestionEditView
from hub.facts.readonly_admin import moment_column
from hub.facts.viewset import FactViewSet

Status = Question.Status


class QuestionForm(WagtailAdminModelForm):
    """The words for the page and the decision, which goes through its verb: that is what tells people."""

    # Deciding tells people; taking a change back must not.
    told_fields = ("status", "refusal")
    # Whether those who heard the answer hear of its correction; asked by `calls.questions.preview`.
    tells_correction = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        status = cleaned.get("status")
        if status == Status.ANSWERED and not cleaned.get("answer"):
            self.add_error("answer", gettext("Write the answer, or leave the question without one for now."))
        if status == Status.REFUSED and not cleaned.get("refusal"):
            self.add_error("refusal", gettext("Say why: the asker reads it."))
        return cleaned

    def save(self, commit: bool = True) -> Question:  # Django's signature
        question: Question = self.instance
        if not question.language:
            question.language = _first_language(question.wording)
        if commit:
            answering.VERBS[Status(question.status)](question)
            if self.tells_correction:
                answering.tell_correction(question)
        return question


def _first_language(words: LazyI18nString) -> str:
    """A question that staff add themselves counts as asked in the first language they wrote."""
    return next((code for code, text in dict(words.data).items() if text), "")


class QuestionFilters(WagtailFilterSet):
    """Which questions the list shows."""

    class Meta:
        model = Question
        fields = ["status", "call"]


class QuestionsMenuItem(MenuItem):
    """Says how many questions wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        rights = (f"calls.{action}_question" for action in ("view", "add", "change", "delete"))
        return any(request.user.has_perm(right) for right in rights)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        waiting = Question.objects.to_do().count()
        label = f"{self.label} ({waiting})" if waiting else self.label
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=self.attrs
        )


class QuestionViewSet(FactViewSet):
    """Questions about calls: those that want an answer first, the oldest on top."""

    model = Question
    icon = "help"
    menu_label = _("Questions")
    menu_name = "questions"
    menu_hook = CALLS.hook
    menu_order = 2
    copy_view_enabled = False
    chooser_viewset_class = RecordChooserViewSet  # who asked is not for everybody
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    list_display = [
        "__str__",
        Column("call", label=_("Call")),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        moment_column("asked_at", _("Asked (Brussels)")),
        moment_column("decided_at", _("Decided (Brussels)")),
    ]
    search_fields = ["asked", "wording", "answer"]
    filterset_class = QuestionFilters
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("call"),
                    FieldPanel("asked", read_only=True),
                    FieldRowPanel([FieldPanel("name", read_only=True), FieldPanel("email", read_only=True)]),
                ],
                _("What was asked"),
                help_text=format_lazy(
                    _("Only you see name and address; they are deleted {days} days after the answer."), days=ASKERS.days
                ),
            ),
            MultiFieldPanel([FieldPanel("wording"), FieldPanel("answer")], _("On the page")),
            MultiFieldPanel(
                [FieldPanel("status", widget=RadioSelect), FieldPanel("refusal")],
                _("Decision"),
                help_text=_(
                    "Whoever wanted to hear the answer gets one mail when you answer; the asker, when you refuse. You "
                    "see the mail and how many get it before it leaves."
                ),
            ),
        ],
        base_form_class=QuestionForm,
    )

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        return QuestionsMenuItem

    def get_queryset(self, request: HttpRequest) -> Any:
        return Question.objects.select_related("call")
