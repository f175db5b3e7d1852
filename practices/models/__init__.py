from practices.models.assessment import Judgement
from practices.models.confirmation import ConfirmationRequest
from practices.models.practice import ONE_OF, RESERVED_SLUGS, SEVERAL_OF, YEARS, Practice
from practices.models.review_tasks import AssessmentTask, EligibilityTask
from practices.models.submission import Submission, SubmissionEvent, SubmissionFile
from practices.models.words import PracticeSource, PracticeText

__all__ = [
    "ONE_OF",
    "RESERVED_SLUGS",
    "SEVERAL_OF",
    "YEARS",
    "AssessmentTask",
    "ConfirmationRequest",
    "EligibilityTask",
    "Judgement",
    "Practice",
    "PracticeSource",
    "PracticeText",
    "Submission",
    "SubmissionEvent",
    "SubmissionFile",
]
