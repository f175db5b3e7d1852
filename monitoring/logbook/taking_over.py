"""What was learned about our own work becomes a question of the learning agenda, once."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.users.models import User
from learning.questions import proposing
from learning.questions.models import Question
from monitoring.logbook.models import LogbookEntry


class TakenOverError(Exception):
    """It was taken over before, and its question is gone."""


class SameQuestionError(Exception):
    """The very words are a question that another entry became."""


@transaction.atomic
def take_over(entry: LogbookEntry, *, words: str, why: str, language: str, by: User) -> Question:
    """A proposed question, on which the centre decides as on every other; the one that was made of it, if there is one.

    Raises TakenOverError, SameQuestionError, and TooManyError of `learning.questions.proposing`.
    """
    held = LogbookEntry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    if held.question:
        return held.question
    if held.taken_over_at:
        raise TakenOverError
    made = proposing.propose(words=words, why=why, language=language, by=by)
    if LogbookEntry.objects.filter(question=made).exists():
        raise SameQuestionError
    LogbookEntry.objects.filter(pk=held.pk).update(question=made, taken_over_at=Now())
    return made
