"""The words of pages and organisations, kept so that searches of the whole site know them."""

from collections.abc import Callable, Iterable

from django.db import connection

from hub.search.models import SiteWord

# who says what there is to learn: texts that visitors can see
Teller = Callable[[], Iterable[str]]

_tellers: list[Teller] = []
_LEARN = """
INSERT INTO hub_siteword (plain, word)
SELECT DISTINCT ON (found.plain) found.plain, found.word
FROM unnest(%s::text[]) AS given(text) CROSS JOIN LATERAL hub_words(given.text) AS found
ORDER BY found.plain, found.word
ON CONFLICT DO NOTHING
"""


def register(teller: Teller) -> None:
    """Adds a source of texts; apps call this when they are ready."""
    _tellers.append(teller)


def learn(texts: Iterable[str]) -> None:
    """Keep the words of these texts, which visitors can see."""
    with connection.cursor() as cursor:
        cursor.execute(_LEARN, [[text.replace("\x00", " ") for text in texts]])


def fill() -> str:
    """Part of the set-up: where no word is known yet, all that visitors can see is learnt."""
    if SiteWord.objects.exists():
        return ""
    for teller in _tellers:
        learn(teller())
    number = SiteWord.objects.count()
    return f"Words learnt for search: {number}." if number else ""
