"""Addresses and names in running text: found as a whole, never inside another's."""

import re
from collections.abc import Iterable
from typing import Any

INSTEAD = "–"


class Whole:
    """These words wherever they stand by themselves, in whatever case: `an@x.be` is not in `jan@x.be`.

    Case is compared as Python lowers it: what ignores case in a pattern takes `ı` for `i`.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = {word.lower() for word in words}
        either = "|".join(re.escape(word) for word in sorted(self._words, key=len, reverse=True))
        # A quotation mark before it is none of the address, an apostrophe inside is.
        self._pattern = re.compile(rf"(?<![\w.+%-])(?<!\w')(?:{either})(?![\w-]|\.\w)", re.IGNORECASE)

    def stands_in(self, text: str) -> bool:
        """Whether one of them is there."""
        return bool(self._words) and any(self._is_one(found) for found in self._pattern.finditer(text))

    def without(self, value: Any, *, instead: str = INSTEAD) -> Any:
        """The same text, or what is made of texts, with something else there; a value that is but an address is empty.

        So that no sign comes into a column for addresses.
        """
        if isinstance(value, dict):
            return {name: self.without(each, instead=instead) for name, each in value.items()}
        if isinstance(value, list):
            return [self.without(each, instead=instead) for each in value]
        if not isinstance(value, str) or not self._words:
            return value
        if "@" in value and value.strip().lower() in self._words:
            return ""
        return self._pattern.sub(lambda found: instead if self._is_one(found) else found[0], value)

    def _is_one(self, found: re.Match[str]) -> bool:
        return found[0].lower() in self._words
