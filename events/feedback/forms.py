from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from events.feedback.answering import Question
from events.feedback.keeping_times import FEEDBACK_TEXTS
from events.feedback.models import HIGHEST, LONGEST, LOWEST
from events.feedback.results import FEWEST

PROMISE: Promise = format_lazy(
    _(
        "Your answers are anonymous. We store that you have answered apart from what you answered, without a date, and "
        "nothing that we store joins the two. Nobody sees answers to a question before {fewest} people answered it. "
        "What you write is deleted {days} days after the event. Please name nobody in it."
    ),
    fewest=FEWEST,
    days=FEEDBACK_TEXTS.days,
)
_MARKS = [
    (5, _("5: very good")),
    (4, _("4: good")),
    (3, _("3: fair")),
    (2, _("2: poor")),
    (1, _("1: very poor")),
]
assert [mark for mark, _label in _MARKS] == list(range(HIGHEST, LOWEST - 1, -1))  # noqa: S101 - one scale, said twice


class FeedbackForm(forms.Form):
    """The questions about one event. Only the first mark is asked of everybody, so that answers can be counted."""

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, question in enumerate(questions):
            self.fields[question.key] = _mark(question, required=not place) if question.is_mark else _text(question)

    def answers(self) -> dict[str, int | str]:
        """What was filled in, by the keys of the questions."""
        return {key: value for key, value in self.cleaned_data.items() if value}


def _mark(question: Question, *, required: bool) -> forms.Field:
    return forms.TypedChoiceField(
        label=question.label,
        required=required,
        coerce=int,
        empty_value=None,
        choices=_MARKS,
        widget=forms.RadioSelect,
    )


def _text(question: Question) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=question.label, required=False, max_length=LONGEST, widget=widget)
