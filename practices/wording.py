"""What a reader's words can mean in this library: each as it is, as the beginning of one, or as one misspelt.

A word that the library knows is searched as it stands. One that it does not know is taken as a beginning; when nothing
begins so, the most similar word is searched instead, and the page says so. Quotes, a minus or an "or" ask for the very
words: they are passed on untouched.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from hub import search
from practices.terms import Terms, plain_words

_MOST_WORDS = 8
_MOST_BEGINNINGS = 12
_SHORTEST_BEGINNING = 3
_SHORTEST_MISSPELT = 4
# Whoever writes a long word slips twice at the most, and seldom in its first letter.
_LONG = 6
_SHORT = 2
# How those write umlauts whose keyboard has none: "Maenner", "Bruessel".
_UMLAUT = re.compile(r"(?<!q)([aou])e")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_VERY_WORDS = re.compile(r'["“”]|(?:^|\s)-\w|\s(?:or|OR)\s')


@dataclass(frozen=True)
class Word:
    """One word of a search; a text fits with any of the forms."""

    typed: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """A search as it is understood; `very` holds it untouched where a reader asked for the very words.

    `some` says that nothing has all of the words: what has several of them is shown instead.
    """

    words: tuple[Word, ...] = ()
    very: str = ""
    corrected: str = ""
    some: bool = False

    def __bool__(self) -> bool:
        return bool(self.words or self.very)


@dataclass(frozen=True)
class _Meaning:
    forms: tuple[str, ...]
    corrects: bool = False


def understand(typed: str, terms: Terms) -> Words:
    """Reads a search; two queries at the most."""
    if not typed:
        return Words()
    if _VERY_WORDS.search(typed):
        return Words(very=typed.replace("“", '"').replace("”", '"'))
    written = [part for word in typed.split() for part in _parts(word)][:_MOST_WORDS]
    plain = {word: " ".join(plain_words(word)) for word in written}
    wanted = {word for word in plain.values() if word}
    known = _known(wanted | {_without_umlauts(word) for word in wanted})
    written_out = {word: short for word in wanted - known if (short := _without_umlauts(word)) in known}
    unknown = sorted(wanted - known - {*written_out})
    meanings = _meanings(unknown, terms) if unknown else {}
    meanings |= {word: _Meaning((word, short)) for word, short in written_out.items()}
    words = tuple(Word(word, meanings[plain[word]].forms if plain[word] in meanings else (word,)) for word in written)
    if any(meaning.corrects for meaning in meanings.values()):
        return Words(words, corrected=" ".join(word.forms[0] for word in words))
    return Words(words)


def _parts(word: str) -> list[str]:
    """`Sans-abri` and `sans abri` are one; a short part (`ex-prisoners`) says little alone."""
    parts = _HYPHEN.split(word)
    return [part for part in parts if len(part) > _SHORT] or parts if len(parts) > 1 else [word]


def _without_umlauts(plain: str) -> str:
    return _UMLAUT.sub(r"\1", plain)


def _known(plain: set[str]) -> set[str]:
    """Those words that stand in a title or a summary; the texts are not asked yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT plain FROM practices_libraryword WHERE plain = ANY(%s)", [sorted(plain)])
        return {row[0] for row in cursor.fetchall()}


# Stems: a text has the word in another form, or the word is too common to be searched at all.
_IN_TEXTS = " || ".join(
    f"practices_words('{language}', hub_query('{language}', typed))" for language in (*search.CONFIGURATIONS, "")
)
_TOO_COMMON = " OR ".join(f"numnode(hub_query('{language}', typed)) = 0" for language in search.CONFIGURATIONS)
_LOOK = f"""
SELECT typed,
    {_TOO_COMMON} OR EXISTS (SELECT FROM practices_libraryentry WHERE words @@ ({_IN_TEXTS})),
    ARRAY(
        SELECT word FROM practices_libraryword
        WHERE char_length(typed) >= {_SHORTEST_BEGINNING} AND plain LIKE replace(typed, '_', '') || '%%'
        ORDER BY char_length(plain), plain LIMIT {_MOST_BEGINNINGS}
    ),
    ARRAY(
        SELECT word FROM (
            (SELECT word, plain FROM practices_libraryword ORDER BY plain <-> typed LIMIT 30)
            UNION ALL
            (SELECT named, hub_plain(named) FROM unnest(%(named)s::text[]) AS named
                ORDER BY hub_plain(named) <-> typed LIMIT 10)
        ) AS alike
        WHERE char_length(typed) >= {_SHORTEST_MISSPELT}
    )
FROM unnest(%(typed)s::text[]) AS typed
"""  # noqa: S608  # constants only


def _meanings(unknown: list[str], terms: Terms) -> dict[str, _Meaning]:
    """What to search in the place of those of these words that stand nowhere."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, {"typed": unknown, "named": terms.words})
        rows = cursor.fetchall()
    meanings = {}
    for typed, is_known, beginnings, alike in rows:
        if is_known:
            continue
        if beginnings:
            meanings[typed] = _Meaning((typed, *beginnings))
        elif not terms.named(typed) and (closest := _closest(typed, alike)):
            meanings[typed] = _Meaning((closest,), corrects=True)
    return meanings


def _closest(typed: str, words: Iterable[str]) -> str:
    """The word from which what was typed differs by a slip of the fingers; none where it is another word."""
    slips = sorted((_slips(typed, plain), plain, word) for word in words if (plain := " ".join(plain_words(word))))
    most = 2 if len(typed) >= _LONG else 1
    near = (word for number, plain, word in slips if number <= most - (plain[0] != typed[0]))
    return next(near, "")


def _slips(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    above = [*range(len(other) + 1)]
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, wanted in enumerate(other, 1):
            least = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                least = min(least, before[column - 2] + 1)
            here.append(least)
        before, above = above, here
    return above[-1]
