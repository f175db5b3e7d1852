"""Which words a reader gets when there are none in their language."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from django.conf import settings

# Most readers of the portal's languages manage it; far fewer manage the language that somebody happened to write in.
BRIDGE = "en"


class InLanguage(Protocol):
    """A row of words, such as the text of a practice or of an organisation."""

    @property
    def language(self) -> str: ...


Words = TypeVar("Words", bound=InLanguage)


def in_reading_order(texts: Iterable[Words], language: str, original: str) -> list[Words]:
    """The reader's own language first, then English, the original, the portal's other languages, and what is left."""
    by_language = {text.language: text for text in texts}
    own = [code for code, _name in settings.LANGUAGES]
    wanted = dict.fromkeys([language, BRIDGE, original, *own, *sorted(by_language)])
    return [by_language[code] for code in wanted if code in by_language]
