"""What calls hold about people."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.declarations import PersonalData, Stays, acted
from accounts.personal_data.subjects import Subject
from calls.chain.changes import CallWithdrawal, DeadlineChange
from calls.questions.keeping_times import ASKERS
from calls.questions.models import Question
from hub.facts.keeping_times import RECORD


def take_back_questions(subject: Subject) -> None:
    """What nobody answered goes; an answer that is public is of use to all."""
    QUESTIONS.rows(subject).exclude(status__in=[Question.Status.ANSWERED, Question.Status.SHOWN]).delete()


QUESTIONS = PersonalData(
    Question, why=_("So that you hear the answer."), kept=ASKERS, addresses=("email",), first=take_back_questions,
    fields=("call", "name", "email", "language", "asked", "asked_at"), written=("language",),
    theirs_not=("wording", "answer", "refusal"),
    stays=Stays(
        _("Questions with a public answer, in the centre’s wording; not your own words, your name or address."),
        without={"name": "", "email": "", "asked": "", "fingerprint": None},
    ),
)  # fmt: skip

DECLARED = [
    QUESTIONS,
    acted(DeadlineChange, "moved_by", kept=RECORD, written=("reason",)),
    acted(CallWithdrawal, "withdrawn_by", kept=RECORD, written=("reason",)),
]
