"""Where two texts differ, word by word, for who has to decide between them."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORDS = re.compile(r"\s+|[^\s]+")
# Of longer texts the comparison would take too long for one request; both are shown whole then.
MOST_WORDS = 3_000


@dataclass(frozen=True)
class Piece:
    """A run of words that both have, or only the one that stands, or only the new one."""

    text: str
    kind: Literal["same", "gone", "new"]


def difference(stands: str, wanted: str) -> list[Piece]:
    """From what stands to what somebody wants instead."""
    old, new = _WORDS.findall(stands), _WORDS.findall(wanted)
    if len(old) + len(new) > MOST_WORDS:
        return [Piece(stands, "gone"), Piece(wanted, "new")]
    pieces: list[Piece] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(old[old_from:old_to]), "same"))
            continue
        if old_to > old_from:
            pieces.append(Piece("".join(old[old_from:old_to]), "gone"))
        if new_to > new_from:
            pieces.append(Piece("".join(new[new_from:new_to]), "new"))
    return pieces
