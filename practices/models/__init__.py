from practices.models.assessment import Judgement, Verdict
from practices.models.confirmation import ConfirmationRequest
from practices.models.details import PracticeDocument, PracticeFigure, PracticeUse
from practices.models.earlier import EarlierPracticeSlug
from practices.models.entries import LibraryEntry, LibraryWord
from practices.models.importing import PracticeImport
from practices.models.practice import (
    ONE_OF,
    RESERVED_SLUGS,
    SEVERAL_OF,
    YEARS,
    Assessor,
    Practice,
    PracticeQuerySet,
    due_again,
)
from practices.models.review_tasks import AssessmentTask, EligibilityTask
from practices.models.saved_search import LONGEST_QUERY, SavedSearch
from practices.models.shortlist import ShortlistEntry
from practices.models.submission import Submission, SubmissionEvent, SubmissionFile
from practices.models.words import PracticeSource, PracticeText

__all__ = [
    "LONGEST_QUERY",
    "ONE_OF",
    "RESERVED_SLUGS",
    "SEVERAL_OF",
    "YEARS",
    "AssessmentTask",
    "Assessor",
    "ConfirmationRequest",
    "EarlierPracticeSlug",
    "EligibilityTask",
    "Judgement",
    "LibraryEntry",
    "LibraryWord",
    "Practice",
    "PracticeDocument",
    "PracticeFigure",
    "PracticeImport",
    "PracticeQuerySet",
    "PracticeSource",
    "PracticeText",
    "PracticeUse",
    "SavedSearch",
    "ShortlistEntry",
    "Submission",
    "SubmissionEvent",
    "SubmissionFile",
    "Verdict",
    "due_again",
]
