from practices.models.kept import LONGEST_QUERY, SavedSearch, ShortlistEntry
from practices.models.practice import ONE_OF, RESERVED_SLUGS, SEVERAL_OF, YEARS, Practice
from practices.models.words import PracticeSource, PracticeText

__all__ = [
    "LONGEST_QUERY",
    "ONE_OF",
    "RESERVED_SLUGS",
    "SEVERAL_OF",
    "YEARS",
    "Practice",
    "PracticeSource",
    "PracticeText",
    "SavedSearch",
    "ShortlistEntry",
]
