"""What is written as the answer to a question."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.agenda.models import Event
from learning.answers import writing
from learning.answers.models import LONGEST_ANSWER, LONGEST_REASON, AnswerVersion
from learning.questions import carried
from learning.questions.forms import LanguageField
from learning.questions.models import Question
from partners.organisations.models import Organisation
from practices.practice.models.practice import Practice


class AnswerForm(forms.Form):
    """The answer as it shall be, and the version that it was written upon."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("The answer, as far as we know"),
        help_text=_("Begin with the answer in two sentences: they stand on top of the page."),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea({"rows": 12}),
    )
    confidence = forms.ChoiceField(
        label=_("How sure we are"), choices=AnswerVersion.Confidence.choices, widget=forms.RadioSelect
    )
    changed = forms.CharField(
        label=_("What changed"),
        help_text=_("In a sentence, for who read the answer before."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
    )
    because = forms.CharField(
        label=_("On the strength of what"),
        help_text=_("What we learned, where, and from whom."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
    )
    practices = forms.ModelMultipleChoiceField(
        queryset=Practice.objects.none(),
        label=_("Practices that it rests on"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "choices--long"}),
    )
    events = forms.ModelMultipleChoiceField(
        queryset=Event.objects.none(),
        label=_("Events that it rests on"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "choices--long"}),
    )
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=_("For which organisation"),
        required=False,
        empty_label=_("for none in particular"),
    )
    language = LanguageField()
    was = forms.CharField(widget=forms.HiddenInput, max_length=100)

    def __init__(
        self,
        data: Any = None,
        *,
        question: Question,
        last: AnswerVersion | None,
        organisations: Any,
        initial: dict[str, Any],
    ) -> None:
        self._question = question
        super().__init__(data, initial={"was": carried.signed(last.number if last else 0, question), **initial})
        practices = Practice.objects.public().filter(learning_questions=question)
        self.fields["practices"].queryset = practices.order_by("pk")  # type: ignore[attr-defined]  # a choice
        self.fields["events"].queryset = question.events.order_by("starts_at", "pk")  # type: ignore[attr-defined]  # same
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]  # the same
        for name, there in {
            "practices": practices.exists(),
            "events": question.events.exists(),
            "organisation": bool(organisations),
            "changed": self._is_next(last),
            "because": self._is_next(last),
        }.items():
            if not there:
                del self.fields[name]

    def _is_next(self, last: AnswerVersion | None) -> bool:
        """Whether it is written upon another version: of a form that was sent, as that form was drawn."""
        if self.is_bound:
            return bool(carried.unsigned(str(self.data.get("was", "")), self._question))
        return last is not None

    def clean_was(self) -> int:
        number = carried.unsigned(self.cleaned_data["was"], self._question)
        if number is None:
            raise ValidationError(gettext("This form is out of date. Copy your text and open the form again."))
        return number

    def draft(self, reader: str) -> writing.Draft:
        """The version that was filled in."""
        said = self.cleaned_data
        words = writing.Words(said["text"], said.get("changed", ""), said.get("because", ""))
        return writing.Draft(
            words={said["language"]: words},
            confidence=said["confidence"],
            practices=said.get("practices") or (),
            events=said.get("events") or (),
            organisation=said.get("organisation"),
            language=reader,
        )


class TranslationForm(forms.Form):
    """The version that stands, in one more language, and which version that was when the form was drawn."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("The answer, as far as we know"), max_length=LONGEST_ANSWER, widget=forms.Textarea({"rows": 12})
    )
    changed = forms.CharField(label=_("What changed"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 3}))
    because = forms.CharField(
        label=_("On the strength of what"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 3})
    )
    was = forms.CharField(widget=forms.HiddenInput, max_length=100)

    def __init__(self, data: Any = None, *, version: AnswerVersion) -> None:
        super().__init__(data, initial={"was": carried.signed(version.number, version.question)})
        self._version = version
        if version.number == 1:
            del self.fields["changed"], self.fields["because"]

    def clean_was(self) -> int:
        number = carried.unsigned(self.cleaned_data["was"], self._version.question)
        if number is None:
            raise ValidationError(gettext("This form is out of date. Copy your text and open the form again."))
        if number != self._version.number:
            raise ValidationError(writing.another_came())
        return number

    @property
    def words(self) -> writing.Words:
        """What was filled in."""
        said = self.cleaned_data
        return writing.Words(said["text"], said.get("changed", ""), said.get("because", ""))
