"""The models of all rooms, where Django looks for them; nothing else imports this."""

from learning.answers.models import AnswerText, AnswerVersion, Evidence
from learning.experience.models import Experience
from learning.experts.models import Expert
from learning.notes.models import Citation
from learning.notes.pages import NotePage, NotesIndexPage
from learning.questions.models import Question, QuestionText
from learning.voting.models import Choice, Round, Vote

__all__ = [
    "AnswerText",
    "AnswerVersion",
    "Choice",
    "Citation",
    "Evidence",
    "Experience",
    "Expert",
    "NotePage",
    "NotesIndexPage",
    "Question",
    "QuestionText",
    "Round",
    "Vote",
]
