"""Words as they are compared where no database is asked."""

import re
import unicodedata


def plain_words(text: str) -> list[str]:
    """The words of a text without case and accents, so that `Santé` and `sante` are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.findall(r"\w+", letters)
