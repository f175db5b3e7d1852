"""Taking what somebody thought of an event, in a way that leaves nothing to trace it by.

What is stored, and why nothing joins an answer to a person:

- `FeedbackGiven` says who has answered, `FeedbackAnswer` what was answered. They share nothing but the event, and
  each answer stands alone: the text of a person does not lead to their mark.
- Neither has a moment. Access logs tell when somebody opened the form; nothing tells when an answer came.
- Keys of answers are random, so there is no sequence to count along.
- PostgreSQL knows more of a row than its columns: the transaction that wrote it (`xmin`) and its place in the file
  (`ctid`). With each form all rows of the event, in both tables, are written anew in random order and the answers get
  new keys: all come from the last transaction, and none stands where it stood.
- Nothing about a form is logged, mailed, put into a session or kept with the registration.

What this cannot do: whoever copies the whole database before and after a single form sees what it added, and who; so do
write-ahead logs and rows that VACUUM has not cleared yet. Whoever may read those runs the machine. Staff see nothing
before FEWEST people answered a question (`events.feedback.results`), and never who did.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from events.agenda.models import Event
from events.feedback.keeping_times import FEEDBACK_GIVEN
from events.feedback.models import FeedbackAnswer, FeedbackGiven, FeedbackQuestion
from events.seats import waiting_list
from events.seats.models import Registration

_SHUFFLE = """
WITH taken AS (DELETE FROM events_feedbackanswer WHERE event_id = %(event)s RETURNING *)
INSERT INTO events_feedbackanswer (id, event_id, standard, question_id, mark, text)
SELECT gen_random_uuid(), event_id, standard, question_id, mark, text FROM taken ORDER BY random();
WITH taken AS (
    DELETE FROM events_feedbackgiven AS given USING events_registration AS registration
    WHERE registration.id = given.registration_id AND registration.event_id = %(event)s
    RETURNING given.registration_id
)
INSERT INTO events_feedbackgiven (registration_id) SELECT registration_id FROM taken ORDER BY random();
"""


class FeedbackClosedError(Exception):
    """Nothing can be given: the person did not come, the event is not over, or it is too long ago."""


class FeedbackGivenError(Exception):
    """The person has answered before; what they said cannot be found to be changed."""


@dataclass(frozen=True)
class Question:
    """One question as it is asked: one of the standard ones, or one of the event's own.

    `key` names it in forms and files.
    """

    key: str
    label: str
    is_mark: bool
    standard: str = ""
    own: int | None = None


def questions(event: Event) -> list[Question]:
    """What is asked about an event, in this order: the mark, the event's own questions, the two texts."""
    standard = FeedbackAnswer.Standard
    overall, *texts = [
        Question(value, str(standard(value).label), is_mark=value == standard.OVERALL, standard=value)
        for value in standard.values
    ]
    return [overall, *map(_own, event.feedback_questions.order_by("sort_order", "pk")), *texts]


def _own(question: FeedbackQuestion) -> Question:
    is_mark = question.kind == FeedbackQuestion.Kind.RATING
    return Question(f"own-{question.pk}", str(question.label), is_mark=is_mark, own=question.pk)


def standing(registration: Registration) -> str:
    """`open`, `given` or `closed`, for the holder of this seat."""
    if not _may_give(registration):
        return "closed"
    return "given" if FeedbackGiven.objects.filter(registration=registration).exists() else "open"


def _may_give(registration: Registration) -> bool:
    over_since = timezone.now() - registration.event.ends_at
    came = Registration.objects.who_came().filter(pk=registration.pk)
    return over_since.total_seconds() >= 0 and over_since < FEEDBACK_GIVEN.span and came.exists()


@transaction.atomic
def give(registration: Registration, answers: Mapping[str, int | str]) -> None:
    """Store what was filled in, by the keys of its questions; what is empty was not answered.

    Raises FeedbackGivenError or FeedbackClosedError, and then nothing is stored.
    """
    waiting_list.hold(registration.event)
    if not _may_give(registration):
        raise FeedbackClosedError
    _given, is_new = FeedbackGiven.objects.get_or_create(registration=registration)
    if not is_new:
        raise FeedbackGivenError
    FeedbackAnswer.objects.bulk_create(_rows(registration.event, questions(registration.event), answers))
    with connection.cursor() as cursor:
        cursor.execute(_SHUFFLE, {"event": registration.event_id})


def _rows(event: Event, asked: Sequence[Question], answers: Mapping[str, int | str]) -> list[FeedbackAnswer]:
    rows = []
    for question in asked:
        if answer := answers.get(question.key):
            value = {"mark": int(answer)} if question.is_mark else {"text": str(answer)}
            about = {"standard": question.standard, "question_id": question.own}
            rows.append(FeedbackAnswer(event=event, **about, **value))
    return rows
