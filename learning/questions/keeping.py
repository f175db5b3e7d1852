"""Where a question stands, who answers for it and what happens next: said by those who keep it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext
from i18nfield.strings import LazyI18nString

from accounts.users.models import User
from events.agenda.models import Event
from hub.vocabularies.models import Term
from learning.questions import emails
from learning.questions.models import Question, QuestionText
from learning.questions.proposing import held
from learning.questions.rules import acts_for, demand_keeper, demand_staff
from partners.organisations.models import Organisation
from practices.practice.models.practice import Practice

State = Question.State
# From where to where those who keep a question may move it; an answer is written, not chosen.
MOVES: Mapping[str, tuple[str, ...]] = {
    State.OPEN: (State.WORKING, State.ASIDE),
    State.WORKING: (State.OPEN, State.ASIDE),
    State.ANSWERED: (State.WORKING, State.ASIDE),
    State.ASIDE: (State.OPEN, State.WORKING),
}
_SALT = "learning.question"


class ChangedError(Exception):
    """Somebody else changed it since the page was drawn; nothing was saved."""


class NotPossibleError(Exception):
    """It cannot be done as things are; says why."""


@dataclass(frozen=True)
class Facts:
    """What those who keep a question say about it besides its state and its words."""

    next_step: str
    next_step_on: date | None
    review_due: date | None
    terms: Iterable[Term]
    practices: Iterable[Practice]
    events: Iterable[Event]


@transaction.atomic
def move(question: Question, *, to: str, by: User, note: str = "", language: str = "") -> bool:
    """Another state; setting aside asks for a reason that everybody reads. False when it is there already.

    Raises NotAllowedError and NotPossibleError.
    """
    demand_keeper(by, question)
    found = held(question)
    if found.state == to:
        return False
    if to not in MOVES.get(found.state, ()):
        said = gettext("The state of the question has changed meanwhile. Look at it again: nothing was changed.")
        raise NotPossibleError(said)
    if to == State.ASIDE and not note.strip():
        raise NotPossibleError(gettext("Say why it is set aside: everybody reads it."))
    found.state = to
    found.state_note = LazyI18nString({language: note.strip()}) if to == State.ASIDE else ""
    found.save(update_fields=["state", "state_note", "updated_at"])
    return True


@transaction.atomic
def work_on(question: Question, *, by: User) -> bool:
    """Somebody is at it. Raises NotAllowedError and NotPossibleError."""
    return move(question, to=State.WORKING, by=by)


@transaction.atomic
def set_aside(question: Question, *, note: str, language: str, by: User) -> bool:
    """Nobody works on it for now, and why. Raises NotAllowedError and NotPossibleError."""
    return move(question, to=State.ASIDE, by=by, note=note, language=language)


@transaction.atomic
def reopen(question: Question, *, by: User) -> bool:
    """It waits for somebody again. Raises NotAllowedError and NotPossibleError."""
    return move(question, to=State.OPEN, by=by)


@transaction.atomic
def plan(question: Question, facts: Facts, *, language: str, by: User, was: str | None = None) -> None:
    """Next step, dates and what belongs to it. `was`: what the page had shown (`seen`), else nothing is compared.

    The next step is in the language it is written in; as it was, it stays in all. Raises NotAllowedError, ChangedError.
    """
    demand_keeper(by, question)
    found = held(question)
    if was is not None and was != seen(found):
        raise ChangedError
    if facts.next_step != in_words(found.next_step, language):
        found.next_step = LazyI18nString({language: facts.next_step}) if facts.next_step else ""
    found.next_step_on = facts.next_step_on if facts.next_step else None
    found.review_due = facts.review_due
    found.save(update_fields=["next_step", "next_step_on", "review_due", "updated_at"])
    found.terms.set(facts.terms)
    found.practices.set(facts.practices)
    found.events.set(facts.events)


@transaction.atomic
def say(question: Question, texts: Mapping[str, tuple[str, str]], *, by: User, was: str | None = None) -> None:
    """The words of it: by language the question and why it matters; what is empty there goes.

    Raises NotAllowedError, ChangedError, and NotPossibleError where nothing would be left.
    """
    demand_keeper(by, question)
    found = held(question)
    if was is not None and was != seen(found):
        raise ChangedError
    written = {code: pair for code, pair in texts.items() if pair[0]}
    if not written:
        raise NotPossibleError(gettext("Write the question in one language at least."))
    found.texts.exclude(language__in=written).filter(language__in=texts).delete()
    for code, (words, why) in written.items():
        QuestionText.objects.update_or_create(question=found, language=code, defaults={"words": words, "why": why})
    if not found.texts.filter(language=found.original_language).exists():
        found.original_language = next(iter(written))
    found.save(update_fields=["original_language", "updated_at"])


@transaction.atomic
def entrust(question: Question, *, person: User | None, organisation: Organisation | None, by: User) -> None:
    """Who answers for it from now on: a person, an organisation, or a person who acts for it. The person hears.

    Where the person leaves, it is the organisation's; where there is neither, the centre's. Raises NotAllowedError, and
    NotPossibleError where the person does not act for the organisation.
    """
    demand_staff(by)
    found = held(question)
    if person and organisation and not acts_for(person, organisation):
        raise NotPossibleError(
            gettext("%(person)s does not act for %(organisation)s here.")
            % {"person": person.get_full_name(), "organisation": organisation}
        )
    if (found.owner_person_id, found.owner_organisation_id) == (_key(person), _key(organisation)):
        return
    is_new = person is not None and person.pk not in {found.owner_person_id, by.pk}
    found.owner_person, found.owner_organisation = person, organisation
    found.save(update_fields=["owner_person", "owner_organisation", "updated_at"])
    if person and is_new:
        emails.entrusted(found, person, by=by, organisation=organisation.name if organisation else "")


@transaction.atomic
def take_on(question: Question, *, by: User) -> bool:
    """Somebody of the organisation that owns it answers for it in person. Raises NotAllowedError."""
    demand_keeper(by, question)
    found = held(question)
    if found.owner_organisation is None or not acts_for(by, found.owner_organisation):
        raise NotPossibleError(gettext("Only somebody who acts for the organisation that owns it can take it on."))
    if found.owner_person_id == by.pk:
        return False
    found.owner_person = by
    found.save(update_fields=["owner_person", "updated_at"])
    return True


@transaction.atomic
def give_back(question: Question, *, by: User) -> bool:
    """This person does not answer for it any more; False when they did not."""
    found = held(question)
    if found.owner_person_id != by.pk:
        return False
    found.owner_person = None
    found.save(update_fields=["owner_person", "updated_at"])
    return True


def responsible(question: Question) -> User | None:
    """The person who answers for it: nobody any more once they left the organisation that owns it."""
    person = question.owner_person
    if person is None or not person.is_active:
        return None
    organisation = question.owner_organisation
    return person if organisation is None or acts_for(person, organisation) else None


def seen(question: Question) -> str:
    """Stands for what a page shows of a question to those who keep it: another one after every change."""
    return signing.Signer(salt=_SALT).signature(f"{question.pk}:{question.updated_at.isoformat()}")


def in_words(text: Any, language: str) -> str:
    """What a text in several languages says to a reader of this one."""
    if not text:
        return ""
    return str(text.localize(language)) if isinstance(text, LazyI18nString) else str(text)


def _key(row: Any) -> int | None:
    return row.pk if row else None
