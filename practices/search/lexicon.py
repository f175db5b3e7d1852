"""The words that the library knows: those of titles and summaries, and whatever stands in a text."""

from hub.query_parsing.lexicon import Lexicon
from hub.query_parsing.text_queries import LANGUAGES

_STEMS = " || ".join(f"practices_words('{language}', hub_query('{language}', typed))" for language in LANGUAGES)

LEXICON = Lexicon(
    tables=("practices_libraryword",),
    stands=(f"EXISTS (SELECT FROM practices_libraryentry WHERE words @@ ({_STEMS}))",),
)
