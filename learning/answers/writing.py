"""An answer is written upon the version that was read: where another came meanwhile, nothing is saved and both are
shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from accounts.users.models import User
from events.agenda.models import Event
from learning.answers.models import AnswerText, AnswerVersion, Evidence
from learning.questions.keeping import NotPossibleError
from learning.questions.models import Question
from learning.questions.proposing import held
from learning.questions.rules import NotAllowedError, may_answer
from partners.organisations.models import Organisation
from practices.practice.models.practice import Practice

State = Question.State
Confidence = AnswerVersion.Confidence


@dataclass
class ChangedError(Exception):
    """Somebody else wrote the version that stands now."""

    version: AnswerVersion | None


@dataclass(frozen=True)
class Words:
    """An answer in one language; what changed and on the strength of what, from the second version on."""

    text: str
    changed: str = ""
    because: str = ""


@dataclass(frozen=True)
class Draft:
    """A version as somebody wants it: `words` by language, the first one is the language it was written in."""

    words: Mapping[str, Words]
    confidence: str
    practices: Iterable[Practice] = ()
    events: Iterable[Event] = ()
    organisation: Organisation | None = None
    # By what language evidence is called.
    language: str = field(default="en")


@transaction.atomic
def write(
    question: Question, draft: Draft, *, was: int, by: User | None, at: datetime | None = None
) -> AnswerVersion | None:
    """The next version, upon the one with the number `was` (0: none); None when it stands already.

    Followers hear of it with all else that is new (`news`). `by` is nobody and `at` is past for what the portal starts
    with. Raises NotAllowedError, NotPossibleError and ChangedError.
    """
    found = held(question)
    if by is not None and not may_answer(by, found):
        raise NotAllowedError
    if not found.is_unsettled:
        raise NotPossibleError(gettext("This question takes no answers as it stands now. Your words are in the form."))
    last = current(found)
    if last is not None and _says_the_same(last, draft):
        return None
    if (last.number if last else 0) != was:
        raise ChangedError(last)
    made = _made(found, draft, number=was + 1, by=by, at=at)
    found.state = State.WORKING if made.confidence == Confidence.UNKNOWN else State.ANSWERED
    found.save(update_fields=["state", "updated_at"])
    return made


@transaction.atomic
def add_language(version: AnswerVersion, words: Words, *, language: str, by: User) -> bool:
    """The same version in one more language; False when it is there. Raises NotAllowedError and NotPossibleError."""
    if not may_answer(by, held(version.question)):
        raise NotAllowedError
    if AnswerVersion.objects.filter(question=version.question_id, number__gt=version.number).exists():
        raise NotPossibleError(another_came())
    if version.number > 1 and not (words.changed.strip() and words.because.strip()):
        raise NotPossibleError(gettext("Say what changed, and on the strength of what."))
    if version.texts.filter(language=language).exists():
        return False
    AnswerText.objects.create(version=version, language=language, **_columns(words))
    return True


def current(question: Question) -> AnswerVersion | None:
    """The version that counts, with its words."""
    versions = AnswerVersion.objects.filter(question=question).select_related("by")
    return versions.with_words().order_by("-number").first()


def another_came() -> str:
    """Why a translation of an older version is not saved: it would stay, and say what the new one does not."""
    return gettext(
        "Another version came while you were writing. Nothing was saved: copy your words, open this page anew and "
        "compare."
    )


def _made(question: Question, draft: Draft, *, number: int, by: User | None, at: datetime | None) -> AnswerVersion:
    if number > 1 and any(not (each.changed.strip() and each.because.strip()) for each in draft.words.values()):
        raise NotPossibleError(gettext("Say what changed, and on the strength of what."))
    made = AnswerVersion.objects.create(
        question=question,
        number=number,
        original_language=next(iter(draft.words)),
        confidence=draft.confidence,
        by=by,
        organisation_name=draft.organisation.name if draft.organisation else "",
        **({"at": at} if at else {}),
    )
    for code, each in draft.words.items():
        AnswerText.objects.create(version=made, language=code, **_columns(each))
    rests_on = [Evidence(version=made, practice=each, label=str(each)[:300]) for each in draft.practices]
    rests_on += [Evidence(version=made, event=each, label=str(each)[:300]) for each in draft.events]
    Evidence.objects.bulk_create(rests_on)
    return made


def _columns(words: Words) -> dict[str, str]:
    return {"text": words.text.strip(), "changed": words.changed.strip(), "because": words.because.strip()}


def _says_the_same(last: AnswerVersion, draft: Draft) -> bool:
    """Whether a form that is sent twice would add nothing."""
    theirs = {text.language: (text.text, text.changed, text.because) for text in last.texts.all()}
    same = {code: tuple(_columns(words).values()) for code, words in draft.words.items()}
    return last.confidence == draft.confidence and all(theirs.get(code) == said for code, said in same.items())
