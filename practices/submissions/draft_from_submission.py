"""From the answers of a submission to a draft of the practice, by the rules that hold for staff, and back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hub.pages.renaming import slug_now
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation
from practices.editing.admin import PracticeForm
from practices.practice.models.practice import SEVERAL_OF, Practice
from practices.practice.models.texts import PracticeSource, PracticeText
from practices.submissions.models import WORDS, Answers, Submission

ONE = ("kind", "evidence", "cost")
SEVERAL = ("theme", "target", "sector", "country", "region")
PLAIN = ("since", "place", "website", "owner_name", "contact_email")


class UnfitError(ValidationError):
    """The answers cannot become a practice, for example because a term is gone since they were given."""


class SubmittedForm(PracticeForm):
    """The editor's form, for the facts that somebody from outside may tell; the others stay as they are."""

    website = forms.URLField(required=False, assume_scheme="https")
    first_title = ""

    class Meta:
        model = Practice
        fields = ["original_language", "slug", "owner", *ONE, *PLAIN]

    def _titles(self) -> dict[str, str]:
        return {self.data["original_language"]: self.first_title} if self.first_title else {}


# Else a draft would lose what staff have chosen there.
for _name in {*SEVERAL_OF} - {*SEVERAL}:
    SubmittedForm.declared_fields.pop(_name, None)
    SubmittedForm.base_fields.pop(_name, None)


def answers_from(practice: Practice, language: str) -> Answers:
    """What a practice tells now, as the answers that lead to it."""
    text = next((each for each in practice.texts.all() if each.language == language), None)
    terms = sorted(practice.terms.all(), key=lambda term: (term.position, term.pk))
    answers: Answers = {name: getattr(text, name) if text else "" for name in WORDS}
    answers |= {name: getattr(practice, name).code if getattr(practice, f"{name}_id") else "" for name in ONE}
    answers |= {name: [term.code for term in terms if term.vocabulary == name] for name in SEVERAL}
    answers |= {name: getattr(practice, name) for name in PLAIN}
    answers["owner"] = practice.owner.slug if practice.owner else ""
    answers["sources"] = [{"title": source.title, "url": source.url} for source in practice.sources.all()]
    return answers


def changed(submission: Submission) -> set[str]:
    """The answers that differ from those that the writer got to change; all of them for a new practice."""
    names = submission.answers.keys() | submission.base.keys()
    return {name for name in names if _filled(submission.answers.get(name)) != _filled(submission.base.get(name))}


def _filled(value: Any) -> Any:
    return None if value in ("", []) else value


def fill(practice: Practice, submission: Submission) -> None:
    """Put the answers that changed into this practice, which is not saved here."""
    new = changed(submission)
    given = submission.answers
    _fill_facts(practice, submission, new)
    if new & WORDS:
        texts = [text for text in practice.texts.all() if text.language != submission.language]
        kept = next((each for each in practice.texts.all() if each.language == submission.language), None)
        text = kept or PracticeText(language=submission.language)
        for name in new & WORDS:
            setattr(text, name, given.get(name) or "")
        _check(text)
        practice.texts.set([*texts, text])
    if "sources" in new:
        sources = [PracticeSource(sort_order=place, **source) for place, source in enumerate(given.get("sources", []))]
        for source in sources:
            _check(source)
        practice.sources.set(sources)


def _check(row: PracticeText | PracticeSource) -> None:
    try:
        row.clean_fields(exclude=["practice", "search_vector"])
        row.clean()
    except ValidationError as error:
        raise UnfitError(error.messages) from error


def _fill_facts(practice: Practice, submission: Submission, new: set[str]) -> None:
    facts: Answers = answers_from(practice, submission.language) if practice.pk else {}
    facts |= {name: value for name, value in submission.answers.items() if name in new}
    owner = _owner(facts["owner"]) if facts.get("owner") else None
    data: dict[str, Any] = {name: facts.get(name) or "" for name in PLAIN}
    data |= {name: next(iter(_keys(name, [facts[name]])), "") if facts.get(name) else "" for name in ONE}
    data |= {name: _keys(name, facts.get(name) or []) for name in SEVERAL}
    data["owner"] = owner.pk if owner else ""
    data["slug"] = practice.slug
    data["original_language"] = practice.original_language if practice.pk else submission.language
    form = SubmittedForm(data, instance=practice)
    form.first_title = "" if practice.pk else submission.title
    if not form.is_valid():
        raise UnfitError([words for each in form.errors.values() for words in each])
    form.save(commit=False)


def _owner(slug: str) -> Organisation | None:
    """Whom the answer named, also by a slug that it had when the answer was given."""
    now = slug_now(Organisation.objects.all(), slug) or slug
    return Organisation.objects.filter(slug=now).first()


def _keys(vocabulary: str, codes: list[str]) -> list[int]:
    keys = list(Term.objects.of(vocabulary).filter(code__in=codes).values_list("pk", flat=True))
    if len(keys) < len(set(codes)):
        raise UnfitError(_("A term that you chose is no longer used. Go through your answers once more."))
    return keys
