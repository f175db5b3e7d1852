"""Whether a record still says what a note cited."""

from typing import Any

from learning.notes.models import Citation
from learning.notes.records import Records

# What of a record has to stay the same: the others are only told with it.
_SAME = {
    "practice": ("title", "evidence", "digest"),
    "figure": ("value", "label", "year"),
    "reuse": ("number", "outcome"),
}


def now(citation: Citation, records: Records) -> dict[str, Any] | None:
    """What it says now, in the language in which it was cited; None where it is withdrawn."""
    return records.says(citation.name, citation.said.get("language", ""))


def is_withdrawn(citation: Citation, records: Records) -> bool:
    """Whether nobody may read it any more."""
    return records.get(citation.name) is None


def is_changed(citation: Citation, records: Records) -> bool:
    """Whether it can be read and says something else."""
    said = now(citation, records)
    return said is not None and not all(_is_same(citation.said, said, part) for part in _SAME[citation.kind])


def _is_same(then: dict[str, Any], said: dict[str, Any], part: str) -> bool:
    if part == "label":  # another language that came is no change
        return all(said["label"].get(code) == words for code, words in then["label"].items())
    return bool(then.get(part) == said.get(part))
