"""Fields for the questions of an event, and what is kept of the answers."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django import forms
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from accounts.privacy.keeping import Moment
from events.agenda.models import Event
from events.questions.keeping_times import SENSITIVE_ANSWERS
from events.questions.models import Answer, Question, SensitiveAnswer
from hub.content_memory.content_version import remembered

_Kept = TypeVar("_Kept", Answer, SensitiveAnswer)
LONGEST = 1_000
_PREFIX = "question_"


def fields(event: Event) -> dict[str, forms.Field]:
    """A field for each question, by its name in the form, in the reader's language."""
    questions = remembered(("questions", event.pk), lambda: list(event.questions.all()))
    return {f"{_PREFIX}{each.pk}": _field(each) for each in questions}


def shared(events: Iterable[Event]) -> dict[str, list[Question]]:
    """The questions of several events by the names of their fields: what several ask alike stands together.

    They are alike in what they ask and offer, and in whether they must be answered and are kept apart.
    """
    found: dict[str, list[Question]] = {}
    for each in Question.objects.filter(event__in=events).order_by("event__starts_at", "event", "sort_order", "pk"):
        words = (_data(each.label), _data(each.options))
        found.setdefault(repr((each.kind, *words, each.is_required, each.is_sensitive)), []).append(each)
    return {f"{_PREFIX}{alike[0].pk}": alike for alike in found.values()}


def _data(words: LazyI18nString | str) -> object:
    data = words.data if isinstance(words, LazyI18nString) else words
    return sorted((code, text) for code, text in data.items() if text) if isinstance(data, dict) else data or ""


def shared_fields(questions: Mapping[str, list[Question]]) -> dict[str, forms.Field]:
    """A field for each of these."""
    return {name: _field(alike[0]) for name, alike in questions.items()}


def said_of(event: Event, cleaned: Mapping[str, Any], questions: Mapping[str, list[Question]]) -> dict[int, list[str]]:
    """What was answered to the questions of one of several events, by the key of the question."""
    answers = said(cleaned)
    return {
        each.pk: answers[alike[0].pk]
        for alike in questions.values()
        for each in alike
        if each.event_id == event.pk and alike[0].pk in answers
    }


def _field(question: Question) -> forms.Field:
    hint: Any = question.why
    if question.is_sensitive:
        kept = format_lazy(_("Deleted {days} days after the event."), days=SENSITIVE_ANSWERS.days)
        hint = format_lazy("{why} {kept}", why=question.why, kept=kept)
    about: dict[str, Any] = {"label": question.label, "help_text": hint, "required": question.is_required}
    choices = question.choices(get_language() or "")
    if question.kind == Question.Kind.CHOICE:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **about)
    if question.kind == Question.Kind.CHOICES:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **about)
    if question.kind == Question.Kind.YES_NO:
        return forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect, **about)
    return forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}), **about)


def said(cleaned: Mapping[str, Any]) -> dict[int, list[str]]:
    """What was answered in a form, by the key of the question."""
    found = {int(name.removeprefix(_PREFIX)): value for name, value in cleaned.items() if name.startswith(_PREFIX)}
    return {key: value if isinstance(value, list) else [value] if value else [] for key, value in found.items()}


def keep(registration_id: int, answers: Mapping[int, list[str]]) -> bool:
    """Keep these in the place of earlier ones, in the caller's transaction; whether anything is different now."""
    if not answers:
        return False
    before = {row.question_id: row.value for row in _of(registration_id) if row.question_id in answers}
    if before == {key: value for key, value in answers.items() if value}:
        return False
    _keep_in(Answer, registration_id, answers, is_sensitive=False)
    _keep_in(SensitiveAnswer, registration_id, answers, is_sensitive=True)
    return True


def _keep_in(model: type[_Kept], registration_id: int, answers: Mapping[int, list[str]], *, is_sensitive: bool) -> None:
    rows = model._default_manager
    rows.filter(registration_id=registration_id, question__in=answers).delete()
    asked = Question.objects.filter(pk__in=answers, is_sensitive=is_sensitive).values_list("pk", flat=True)
    given = {key: answers[key] for key in asked if answers[key]}
    rows.bulk_create(
        [model(registration_id=registration_id, question_id=key, value=value) for key, value in given.items()]
    )


def initial(registration_id: int) -> dict[str, Any]:
    """What was answered before, as a form shows it."""
    found = {}
    for row in _of(registration_id):
        several = row.question.kind == Question.Kind.CHOICES
        found[f"{_PREFIX}{row.question_id}"] = row.value if several else row.value[0]
    return found


def in_words(registration_id: int, *, sensitive: bool = True) -> list[tuple[str, str]]:
    """Each question with what was answered, in the reader's language."""
    return told(_of(registration_id, sensitive=sensitive))


def told(answers: Iterable[Answer | SensitiveAnswer]) -> list[tuple[str, str]]:
    """The same of answers that were read already, with their questions."""
    rows = sorted(answers, key=lambda row: row.question.sort_order or 0)
    return [(str(row.question.label), _words(row)) for row in rows]


def _words(row: Answer | SensitiveAnswer) -> str:
    if row.question.kind == Question.Kind.YES_NO:
        return gettext("Yes") if row.value == ["yes"] else gettext("No")
    labels = dict(row.question.choices(get_language() or ""))
    return ", ".join(labels.get(each, each) for each in row.value)


def _of(registration_id: int, *, sensitive: bool = True) -> list[Answer | SensitiveAnswer]:
    models = (Answer, SensitiveAnswer) if sensitive else (Answer,)
    return [
        row for model in models for row in model.objects.filter(registration=registration_id).select_related("question")
    ]


def due_sensitive(at: Moment) -> QuerySet[SensitiveAnswer]:
    """Sensitive answers whose event is over for so long at that moment."""
    return SensitiveAnswer.objects.filter(question__event__ends_at__lt=at - SENSITIVE_ANSWERS.span)


def forget_sensitive() -> int:
    """Delete them; returns how many went."""
    return due_sensitive(Now()).delete()[0]
