from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.users.models import User
from learning.answers import writing
from learning.answers.models import AnswerVersion
from learning.answers.writing import Draft, Words
from learning.questions import proposing
from learning.questions.models import Question
from learning.voting.models import Round
from partners.organisations.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory

QUESTION = "How do we keep a practice alive when the grant ends?"


def question(words: str = QUESTION, *, language: str = "en", **fields: Any) -> Question:
    """One that is open, by default of nobody."""
    why = {language: "Two of three stop within a year."}
    made = proposing.put(words={language: words}, why=why, original_language=language)
    for name in fields:
        setattr(made, name, fields[name])
    if fields:
        made.save()
    return Question.objects.get(pk=made.pk)


def proposed(by: User, words: str = QUESTION, why: str = "Two of three stop within a year.") -> Question:
    return proposing.propose(words=words, why=why, language="en", by=by)


def draft(text: str = "Share the costs. Begin early.", *, confidence: str = "signs", **more: Any) -> Draft:
    """A version in English."""
    words = Words(text, more.pop("changed", ""), more.pop("because", ""))
    return Draft(words={more.pop("language", "en"): words}, confidence=confidence, **more)


def next_draft(text: str = "Share the costs, and say so in the contract.", **more: Any) -> Draft:
    """A version upon another one."""
    return draft(text, **{"changed": "Contracts matter.", "because": "Four cities told so.", **more})


def answer(asked: Question, *drafts: Draft) -> AnswerVersion:
    """The versions of an answer, one upon the other; the last one is given."""
    made = None
    for number, each in enumerate(drafts or [draft()]):
        made = writing.write(asked, each, was=number, by=None)
    assert made
    return made


def owner_of(asked: Question, organisation: Organisation | None = None) -> User:
    """Somebody who acts for the organisation that owns it."""
    organisation = organisation or OrganisationFactory.create()
    Question.objects.filter(pk=asked.pk).update(owner_organisation=organisation)
    asked.refresh_from_db()
    return MembershipFactory.create(organisation=organisation, user=UserFactory.create()).user


def open_round(**fields: Any) -> Round:
    return Round.objects.create(**{"until": timezone.now() + timedelta(days=7), **fields})


def answer_next(asked: Question, text: str) -> AnswerVersion | None:
    """One more version."""
    was = asked.answer_versions.count()
    return writing.write(asked, next_draft(text), was=was, by=None)
