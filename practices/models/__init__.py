from practices.models.importing import PracticeImport
from practices.models.practice import ONE_OF, RESERVED_SLUGS, SEVERAL_OF, YEARS, Practice
from practices.models.words import PracticeSource, PracticeText

__all__ = [
    "ONE_OF",
    "RESERVED_SLUGS",
    "SEVERAL_OF",
    "YEARS",
    "Practice",
    "PracticeImport",
    "PracticeSource",
    "PracticeText",
]
