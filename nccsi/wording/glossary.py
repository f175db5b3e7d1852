"""One word for one thing: finds words that `docs/glossary.md` rules out.

The page is the only list. Its table "Words that we do not use" has, per row, the language, where the rule holds
("everywhere" or "interface", which leaves out the content of the demo), the words (a star stands for any ending), the
phrases in which they are right all the same, and what to write instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HEADING = "## Words that we do not use"
_COLUMNS = 5


@dataclass(frozen=True)
class Rule:
    """Words of one language that are not ours, and what to write instead."""

    language: str
    everywhere: bool
    words: re.Pattern[str]
    right_in: re.Pattern[str] | None
    instead: str

    def faults(self, text: str) -> Iterator[str]:
        """Each ruled-out word of a text, unless it stands in a phrase where it is right."""
        spared = [match.span() for match in self.right_in.finditer(text)] if self.right_in else []
        for match in self.words.finditer(text):
            if not any(start <= match.start() and match.end() <= end for start, end in spared):
                yield f"“{match[0]}”: write {self.instead}"


def rules(page: Path) -> list[Rule]:
    """The rules of the glossary page. Raises ValueError where its table is not whole."""
    _before, found, table = page.read_text(encoding="utf-8").partition(_HEADING)
    rows = [_cells(line) for line in table.splitlines() if line.startswith("|")][2:]
    if not found or not rows:
        raise ValueError(f"{page.name} has no table under “{_HEADING}”")
    return [_rule(cells) for cells in rows]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _rule(cells: list[str]) -> Rule:
    if len(cells) != _COLUMNS or cells[1] not in {"everywhere", "interface"}:
        raise ValueError(f"A row of the glossary cannot be read: {' | '.join(cells)}")
    language, where, words, right_in, instead = cells
    pattern = _pattern(words)
    if pattern is None:
        raise ValueError(f"A row of the glossary names no word: {' | '.join(cells)}")
    return Rule(language, where == "everywhere", pattern, _pattern(right_in), instead)


def _pattern(cell: str) -> re.Pattern[str] | None:
    """The words of a cell: whole ones, in capitals or not, any kind of space and apostrophe between their parts."""
    named = [word.strip() for word in cell.split(",") if word.strip() not in {"", "–"}]
    if not named:
        return None
    alternatives = "|".join(_expression(word) for word in sorted(named, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def _expression(word: str) -> str:
    return re.sub("['’]", "['’]", re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+"))
