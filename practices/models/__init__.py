from practices.models.assessment import Judgement, Verdict
from practices.models.details import PracticeDocument, PracticeFigure, PracticeUse
from practices.models.entries import LibraryEntry, LibraryWord
from practices.models.importing import PracticeImport
from practices.models.practice import ONE_OF, RESERVED_SLUGS, SEVERAL_OF, YEARS, Assessor, Practice, due_again
from practices.models.words import PracticeSource, PracticeText

__all__ = [
    "ONE_OF",
    "RESERVED_SLUGS",
    "SEVERAL_OF",
    "YEARS",
    "Assessor",
    "Judgement",
    "LibraryEntry",
    "LibraryWord",
    "Practice",
    "PracticeDocument",
    "PracticeFigure",
    "PracticeImport",
    "PracticeSource",
    "PracticeText",
    "PracticeUse",
    "Verdict",
    "due_again",
]
