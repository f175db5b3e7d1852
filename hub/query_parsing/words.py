"""A search as it is understood."""

from dataclasses import dataclass
from enum import IntEnum


class Least(IntEnum):
    """How many of its words something must have to be found; fewer only where nothing has more."""

    ALL = 0
    SEVERAL = 2
    ONE = 1


@dataclass(frozen=True)
class Word:
    """One word of a search; a text fits with any of the forms, a thing with any of the terms `called` so as well.

    Forms are plain words; one in quotes is a phrase. `kin` are other names of those terms, each with its language: what
    is described so and says so fits better than what is only described so.
    """

    typed: str
    forms: tuple[str, ...]
    plain: str = ""
    called: tuple[int, ...] = ()
    kin: tuple[tuple[str, str], ...] = ()

    @property
    def in_order(self) -> bool:
        """Whether some form asks for words side by side."""
        return any(form.startswith('"') for form in self.forms)


@dataclass(frozen=True)
class Words:
    """A search; `raw` holds it untouched where a reader asked for the very words.

    `least` says how many of the words are enough: all of them, or fewer where nothing has them all.
    """

    words: tuple[Word, ...] = ()
    raw: str = ""
    corrected: str = ""
    least: Least = Least.ALL

    def __bool__(self) -> bool:
        return bool(self.words or self.raw)

    @property
    def plain(self) -> str:
        """All of it as titles are compared: in plain words, those that were corrected as they were meant."""
        return " ".join(word.forms[0].strip('"') for word in self.words)
