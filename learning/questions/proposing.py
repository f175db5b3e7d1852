"""Anybody who is signed in proposes a question; the centre accepts it or says why not."""

from collections.abc import Iterable, Mapping

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from i18nfield.strings import LazyI18nString

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from accounts.users.models import User
from hub.pages import slugs
from hub.vocabularies.models import Term
from learning.questions import emails
from learning.questions.keeping_times import DECLINED
from learning.questions.models import Question, QuestionText
from learning.questions.rules import demand_staff

# So many of one person may wait for the centre.
MOST_WAITING = 10
# Slugs are given one after the other; the number only has to differ from those of others.
_LOCK = 7_300_061
_LONGEST_SLUG = 80


class TooManyError(Exception):
    """So many questions of this person wait already that the centre looks at them first."""


@transaction.atomic
def propose(*, words: str, why: str, language: str, by: User, terms: Iterable[Term] = ()) -> Question:
    """Put a question to the centre; sent twice it is one. Raises TooManyError."""
    _alone()
    waiting = Question.objects.filter(proposed_by=by, state=Question.State.PROPOSED)
    if known := waiting.filter(texts__words=words, texts__language=language).first():
        return known
    if waiting.count() >= MOST_WAITING:
        raise TooManyError
    return _made(words, why, language, by=by, terms=terms)


@transaction.atomic
def put(
    *,
    words: Mapping[str, str],
    why: Mapping[str, str],
    original_language: str,
    by: User | None = None,
    terms: Iterable[Term] = (),
) -> Question:
    """A question of the centre's own, open at once, in as many languages as there are words in."""
    _alone()
    made = _made(words[original_language], why[original_language], original_language, by=by, terms=terms)
    others = (code for code in words if code != original_language)
    QuestionText.objects.bulk_create(
        QuestionText(question=made, language=code, words=words[code], why=why[code]) for code in others
    )
    made.state = Question.State.OPEN
    made.save(update_fields=["state", "updated_at"])
    Question.objects.filter(pk=made.pk).update(decided_at=Now())
    return made


@transaction.atomic
def accept(question: Question, *, by: User) -> bool:
    """Onto the agenda; who proposed it hears. False when it is there already. Raises NotAllowedError."""
    demand_staff(by)
    found = held(question)
    if found.is_public:
        return False
    found.state, found.state_note = Question.State.OPEN, ""
    found.save(update_fields=["state", "state_note", "updated_at"])
    Question.objects.filter(pk=found.pk).update(decided_at=Now())
    emails.accepted(found)
    return True


@transaction.atomic
def decline(question: Question, *, reason: str, language: str, by: User) -> bool:
    """Not onto the agenda; who proposed it hears why. False when that was decided. Raises NotAllowedError."""
    demand_staff(by)
    found = held(question)
    if found.state != Question.State.PROPOSED:
        return False
    found.state, found.state_note = Question.State.DECLINED, LazyI18nString({language: reason})
    found.save(update_fields=["state", "state_note", "updated_at"])
    Question.objects.filter(pk=found.pk).update(decided_at=Now())
    emails.declined(found, reason=reason)
    return True


def held(question: Question) -> Question:
    """The question as it is now, kept from others until the transaction ends."""
    return Question.objects.select_for_update(of=["self"], no_key=True).get(pk=question.pk)


def due(at: Moment) -> QuerySet[Question]:
    """What was declined so long before that moment."""
    return Question.objects.filter(state=Question.State.DECLINED, decided_at__lt=at - DECLINED.span)


def forget() -> int:
    """Delete what was declined so long ago."""
    return erasing.delete(due(Now()))


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _made(words: str, why: str, language: str, *, by: User | None, terms: Iterable[Term]) -> Question:
    stem = slugs.stem_of(words, longest=_LONGEST_SLUG, otherwise="question")
    taken = set(Question.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    made = Question.objects.create(slug=slugs.first_free(stem, taken), original_language=language, proposed_by=by)
    QuestionText.objects.create(question=made, language=language, words=words, why=why)
    made.terms.set(terms)
    return made
