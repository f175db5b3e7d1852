"""The words that the library knows: those of titles and summaries, and whatever stands in a text."""

from hub.wording.asking import LANGUAGES
from hub.wording.lexicon import Lexicon

_STEMS = " || ".join(f"practices_words('{language}', hub_query('{language}', typed))" for language in LANGUAGES)

LEXICON = Lexicon(
    tables=("practices_libraryword",),
    stands=(f"EXISTS (SELECT FROM practices_libraryentry WHERE words @@ ({_STEMS}))",),
)
