"""What the learning agenda holds about people."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.declarations import PersonalData, acted
from learning.answers.models import AnswerVersion
from learning.experience.models import Experience
from learning.experts.keeping_times import EXPERTS
from learning.experts.models import Expert
from learning.notes.models import Citation
from learning.questions.keeping_times import QUESTIONS
from learning.questions.models import Question
from learning.voting.keeping_times import VOTES
from learning.voting.models import Round, Vote

DECLARED = [
    PersonalData(
        Expert, why=_("So that others can ask you, as you agreed."), kept=EXPERTS, people=("user",),
        fields=("question", "name", "organisation_name", "field", "languages", "wording", "agreed_at"),
    ),
    acted(Question, "proposed_by", kept=QUESTIONS, theirs_not=("slug", "original_language", "state_note", "next_step")),
    acted(
        Question, "owner_person", kept=QUESTIONS, theirs_not=("slug", "original_language", "state_note", "next_step")
    ),
    acted(AnswerVersion, "by", kept=QUESTIONS, theirs_not=("organisation_name", "original_language")),
    acted(Experience, "by", kept=QUESTIONS, written=("text",), theirs_not=("reason", "language")),
    acted(Citation, "by", kept=QUESTIONS, theirs_not=("said",)),
    acted(Round, "opened_by", kept=VOTES),
    acted(Round, "closed_by", kept=VOTES),
    acted(Vote, "by", kept=VOTES),
]  # fmt: skip
