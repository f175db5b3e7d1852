"""What all steps of a submission share: they may be left incomplete, and know what is missing."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise

from hub.vocabularies.models import Term, Vocabulary
from partners.organisations.models import Organisation
from practices.practice.terms import Terms
from practices.submissions.models import WORDS, Answers, Submission


def choices_of(vocabulary: str) -> Callable[[], list[tuple[str, Any]]]:
    """The codes of a vocabulary with their labels, as a field's choices; read from memory."""
    return lambda: [(term.code, _choice(term)) for term in Terms.load().of(vocabulary).values()]


def _choice(term: Term) -> str:
    """The rungs of the evidence ladder say little without their explanation."""
    return f"{term.code}. {term.label} – {term.help}" if term.vocabulary == Vocabulary.EVIDENCE else str(term.label)


class OneTerm(forms.ChoiceField):
    """One term of a vocabulary; the answer is its code."""

    def __init__(self, vocabulary: str, **kwargs: Any) -> None:
        super().__init__(choices=choices_of(vocabulary), widget=forms.RadioSelect, **kwargs)


class SeveralTerms(forms.MultipleChoiceField):
    """Several terms of a vocabulary; the answer is their codes."""

    def __init__(self, vocabulary: str, *, long: bool = False, **kwargs: Any) -> None:
        attrs = {"class": "choices--long"} if long else {}
        super().__init__(choices=choices_of(vocabulary), widget=forms.CheckboxSelectMultiple(attrs), **kwargs)


class OneLine(forms.CharField):
    """Words without line breaks: they stand in headings and in subjects of mails."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split())


class StepForm(forms.Form):
    """One page of questions. What is required is asked for on the check page; a draft may lack it."""

    use_required_attribute = False
    heading: ClassVar[Promise]
    introduction: ClassVar[Promise]

    def __init__(self, *args: Any, submission: Submission, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submission = submission
        self.organisations = organisations
        for name in WORDS & self.fields.keys():
            self.fields[name].widget.attrs["lang"] = submission.language
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to this submission."""

    @classmethod
    def keeps(cls) -> list[str]:
        """The names of the answers that this step asks for."""
        return list(cls.base_fields)

    @classmethod
    def from_answers(cls, answers: Answers) -> Answers:
        """The part of the answers that this step's fields show."""
        return {name: answers[name] for name in cls.base_fields if name in answers}

    def to_answers(self) -> Answers:
        """What the fields hold, as it is kept."""
        return {name: self.cleaned_data[name] for name in self.fields}

    def full_clean(self) -> None:
        """What is wrong is an error; what is missing is not."""
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = False
        try:
            super().full_clean()
        finally:
            for field in needed:
                field.required = True

    def missing(self) -> list[forms.BoundField]:
        """The fields that must be filled in before it can be sent."""
        self.full_clean()
        empty = [bound for bound in self if bound.field.required and not self.cleaned_data.get(bound.name)]
        return [bound for bound in empty if not bound.errors]

    def lacking(self) -> list[forms.BoundField]:
        """What keeps the submission from being sent: missing, or no longer good."""
        return [*self.missing(), *(bound for bound in self if bound.errors)]

    @property
    def was_saved(self) -> bool:
        """Whether somebody has saved this step before, however little stood in it."""
        return not self.submission.answers.keys().isdisjoint(self.keeps())

    def shown(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Each question with its answer in words, for the check page."""
        return [(bound, _in_words(bound)) for bound in self]


def _in_words(bound: forms.BoundField) -> list[str]:
    value = bound.value()
    values = value if isinstance(value, list) else [value]
    given = [str(each) for each in values if each not in (None, "")]
    choices = getattr(bound.field, "choices", None)
    labels = {str(code): str(label) for code, label in choices} if choices is not None else {}
    return [labels.get(each, each) for each in given]


def stamp_of(step: type[StepForm], submission: Submission) -> str:
    """That of the answers of one step."""
    return stamp({name: submission.answers.get(name) for name in step.keeps()})


def stamp(answers: Mapping[str, Any]) -> str:
    """Stands for what was saved when a page was made: another stamp later means that it was changed meanwhile."""
    filled = {name: value for name, value in answers.items() if value not in (None, "", [])}
    return hashlib.sha256(json.dumps(filled, sort_keys=True).encode()).hexdigest()[:16]
