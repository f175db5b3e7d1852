"""What a reader's words can mean in this library: each as it is, as the beginning of one, or as one misspelt.

A word that the library knows is searched as it stands, with the compounds that have it. One that it does not know is
taken as a beginning, then as a compound of words that it knows; else the most similar word is searched instead, and the
page says so. What is written with a hyphen, and what several words name a term by, is a phrase. Quotes, a minus or an
"or" ask for the very words: they are passed on untouched.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from hub.search import full_text
from practices.compounds import containing, known_words, parts_of
from practices.terms import Terms

_MOST_WORDS = 8
_MOST_BEGINNINGS = 12
_SHORTEST_BEGINNING = 3
_SHORTEST_MISSPELT = 4
# Whoever writes a long word slips twice at the most, and seldom in its first letter; a wrong letter weighs more than
# one too few. Past the longest, a word is no slip of another.
_LONG = 6
_LONGEST_MISSPELT = 24
_WRONG_LETTER = 1.5
_SHORT = 2
# How those write umlauts whose keyboard has none: "Maenner", "Bruessel".
_UMLAUT = re.compile(r"(?<!q)([aou])e")
_VERY_WORDS = re.compile(r'["“”„‟«»‹›〝〞〟]|(?:^|\s)-(?=[^\W\d])|\s(?:or|OR)\s')


@dataclass(frozen=True)
class Word:
    """One word of a search; a text fits with any of the forms, a practice with any of the terms `called` so as well.

    A form in quotes is a phrase.
    """

    typed: str
    forms: tuple[str, ...]
    plain: str = ""
    called: tuple[int, ...] = ()

    @property
    def in_order(self) -> bool:
        """Whether some form asks for words side by side."""
        return any(form.startswith('"') for form in self.forms)


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
    """Reads a search; six queries at the most, however long or odd it is."""
    if not typed:
        return Words()
    if _VERY_WORDS.search(typed):
        return Words(very=_as_asked(typed))
    written = typed.split()[:_MOST_WORDS]
    read = [(word, parts) for word, parts in zip(written, full_text.plain_words(written), strict=True) if parts]
    grouped = _grouped(read, terms)
    single = sorted({word.plain for word in grouped if not word.forms})
    meanings = _single_words(single, terms)
    words = tuple(
        word if word.forms else Word(word.typed, meanings[word.plain].forms, word.plain, word.called)
        for word in grouped
    )
    if any(meaning.corrects for meaning in meanings.values()):
        return Words(words, corrected=" ".join(word.forms[0].strip('"') for word in words))
    return Words(words)


def _as_asked(typed: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hub_asked(%s)", [typed.replace("\x00", " ")])
        return str(cursor.fetchone()[0])


def _grouped(read: Sequence[tuple[str, list[str]]], terms: Terms) -> list[Word]:
    """One word each, but several that name a term together; those without forms stand alone and are looked up."""
    grouped: list[Word] = []
    first = 0
    while first < len(read):
        for last in range(len(read), first, -1):
            parts = [part for _word, parts in read[first:last] for part in parts]
            called = tuple(terms.called(parts)) if len(parts) <= terms.longest_name else ()
            if last == first + 1 or (called and len(parts) > 1):
                break
        typed = " ".join(word for word, _parts in read[first:last])
        grouped.append(_word(typed, parts, called, terms))
        first = last
    return grouped


def _word(typed: str, parts: list[str], called: tuple[int, ...], terms: Terms) -> Word:
    long = [part for part in parts if len(part) > _SHORT]
    if len(parts) == 1 or (parts[0] == "ex" and len(long) == 1):
        return Word(typed, (), long[0] if long else parts[0], called)
    phrase = " ".join(parts)
    joined = ("".join(parts),) if len(parts) == 2 and phrase.replace(" ", "").isalpha() and " " not in typed else ()
    named = set() if " " in typed else _named_by_all(long, terms)
    return Word(typed, (f'"{phrase}"', *joined), phrase, tuple(sorted({*called, *named})))


def _named_by_all(parts: Iterable[str], terms: Terms) -> set[int]:
    """The terms that each telling part of a hyphenated word names: of `sans-abri` those that `abri` names as well."""
    named = [set(terms.named(part)) for part in parts]
    return set.intersection(*named) if named else set()


def _single_words(plain: list[str], terms: Terms) -> dict[str, _Meaning]:
    """What each of these words is searched as."""
    known = known_words({*plain, *map(_without_umlauts, plain)})
    written_out = {word: short for word in plain if word not in known and (short := _without_umlauts(word)) in known}
    unknown = [word for word in plain if word not in known and word not in written_out]
    meanings = {word: _Meaning((word,)) for word in plain}
    meanings |= _meanings(unknown, terms) if unknown else {}
    meanings |= {word: _Meaning((word, short)) for word, short in written_out.items()}
    for word, compounds in containing([word for word in plain if not meanings[word].corrects]).items():
        meanings[word] = _Meaning(tuple(dict.fromkeys([*meanings[word].forms, *compounds])))
    return meanings


def _without_umlauts(plain: str) -> str:
    return _UMLAUT.sub(r"\1", plain)


# Stems: a text has the word in another form, or the word is too common to be searched at all.
_IN_TEXTS = " || ".join(
    f"practices_words('{language}', hub_query('{language}', typed))" for language in (*full_text.CONFIGURATIONS, "")
)
_TOO_COMMON = " OR ".join(f"numnode(hub_query('{language}', typed)) = 0" for language in full_text.CONFIGURATIONS)
_LOOK = f"""
SELECT typed,
    {_TOO_COMMON} OR EXISTS (SELECT FROM practices_libraryentry WHERE words @@ ({_IN_TEXTS})),
    ARRAY(
        SELECT word FROM practices_libraryword
        WHERE char_length(typed) >= {_SHORTEST_BEGINNING} AND plain LIKE replace(typed, '_', '') || '%%'
        ORDER BY char_length(plain), plain LIMIT {_MOST_BEGINNINGS}
    ),
    ARRAY(
        SELECT plain || ' ' || word FROM (
            (SELECT word, plain FROM practices_libraryword ORDER BY plain <-> typed LIMIT 30)
            UNION ALL
            (SELECT named, named FROM unnest(%(named)s::text[]) AS named
                ORDER BY named <-> typed LIMIT 10)
        ) AS alike(word, plain)
        WHERE char_length(typed) BETWEEN {_SHORTEST_MISSPELT} AND {_LONGEST_MISSPELT}
            AND abs(char_length(plain) - char_length(typed)) <= 2
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
        elif parts := parts_of(typed):
            meanings[typed] = _Meaning((typed, *parts))
        elif not terms.named(typed) and len(typed) <= _LONGEST_MISSPELT and (closest := _closest(typed, alike)):
            meanings[typed] = _Meaning((closest,), corrects=True)
    return meanings


def _closest(typed: str, words: Iterable[str]) -> str:
    """The word from which what was typed differs by a slip of the fingers; none where it is another word."""
    alike = (word.split(" ", 1) for word in words)
    slips = sorted((_slips(typed, plain), plain, word) for plain, word in alike)
    most = 2.0 if len(typed) >= _LONG else _WRONG_LETTER
    near = (word for number, plain, word in slips if number <= most - (plain[0] != typed[0]))
    return next(near, "")


def _slips(one: str, other: str) -> float:
    """How many letters are wrong, missing, too many or swapped with their neighbour (optimal string alignment)."""
    before: list[float] = []
    above: list[float] = [*range(len(other) + 1)]
    for row, letter in enumerate(one, 1):
        here: list[float] = [row]
        for column, wanted in enumerate(other, 1):
            least = min(above[column] + 1, here[-1] + 1, above[column - 1] + (_WRONG_LETTER if letter != wanted else 0))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                least = min(least, before[column - 2] + 1)
            here.append(least)
        before, above = above, here
    return above[-1]
