"""The models of all rooms, where Django looks for them; nothing else imports this."""

from practices.assessment.models import Judgement
from practices.choosing.models import ShortlistEntry
from practices.context.models import KeptSituation
from practices.import_export.models import PracticeImport
from practices.mainstreaming.models import HookOrganisation, HookPractice, HookStatus, PolicyHook, StageMove
from practices.practice.models.details import PracticeDocument, PracticeFigure, PracticeUse
from practices.practice.models.earlier_slugs import EarlierPracticeSlug
from practices.practice.models.practice import Practice
from practices.practice.models.texts import PracticeSource, PracticeText
from practices.reconfirmation.models import ConfirmationRequest
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.rows import ReuseCheck, ReuseFigure, ReuseSource
from practices.reuse.models.versions import ReuseVersion
from practices.review.models import AssessmentTask, EligibilityTask
from practices.search.models import LibraryEntry, LibraryWord
from practices.submissions.models import Submission, SubmissionEvent, SubmissionFile

__all__ = [
    "AssessmentTask",
    "ConfirmationRequest",
    "EarlierPracticeSlug",
    "EligibilityTask",
    "HookOrganisation",
    "HookPractice",
    "HookStatus",
    "Judgement",
    "KeptSituation",
    "LibraryEntry",
    "LibraryWord",
    "PolicyHook",
    "Practice",
    "PracticeDocument",
    "PracticeFigure",
    "PracticeImport",
    "PracticeSource",
    "PracticeText",
    "PracticeUse",
    "Reuse",
    "ReuseCheck",
    "ReuseFigure",
    "ReuseSource",
    "ReuseVersion",
    "ShortlistEntry",
    "StageMove",
    "Submission",
    "SubmissionEvent",
    "SubmissionFile",
]
