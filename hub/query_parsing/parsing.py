"""What a reader's words can mean: each as it is, as the beginning of one, or as one misspelt.

A word that the lexicon knows is searched as it stands, with the compounds that have it; one from Latin in its plural,
too. One that it does not know is taken as a beginning, then as a compound of words that it knows; else the most similar
word is searched instead, and the page says so. What is written with a hyphen, and what several words name a term by, is
a phrase. Quotes, a minus or an "or" ask for the very words: they are passed on untouched.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from hub.query_parsing.compounds import containing, parts_of
from hub.query_parsing.lexicon import Lexicon, Names
from hub.query_parsing.spelling import LONGEST, closest
from hub.query_parsing.words import Word, Words
from hub.search import full_text

_MOST_WORDS = 8
_MOST_BEGINNINGS = 12
_MOST_KIN = 60
_SHORTEST_BEGINNING = 3
_SHORTEST_MISSPELT = 4
_SHORT = 2
# How those write umlauts whose keyboard has none: "Maenner", "Bruessel".
_UMLAUT = re.compile(r"(?<!q)([aou])e")
_VERY_WORDS = re.compile(r'["“”„‟«»‹›〝〞〟]|(?:^|\s)-(?=[^\W\d])|\s(?:or|OR)\s')
# One and many where no stemmer knows it: Zentrum and Zentren, centrum and centra, Thema, Mechanismus, Risiko.
_LATIN = (("um", "en"), ("um", "a"), ("ma", "men"), ("mus", "men"), ("iko", "iken"))
_SHORTEST_LATIN = 5


@dataclass(frozen=True)
class _Meaning:
    forms: tuple[str, ...]
    # how the word is written that is searched instead of a misspelt one
    corrects: str = ""


def parse_query(typed: str, lexicon: Lexicon, names: Names) -> Words:
    """Reads a search; six queries at the most, however long or odd it is."""
    if not typed:
        return Words()
    if _VERY_WORDS.search(typed):
        return Words(raw=_as_asked(typed))
    written = typed.split()[:_MOST_WORDS]
    read = [(word, parts) for word, parts in zip(written, full_text.plain_words(written), strict=True) if parts]
    grouped = _grouped(read, names)
    single = sorted({word.plain for word in grouped if not word.forms})
    meanings = _single_words(single, lexicon, names)
    words = tuple(
        word if word.forms else Word(word.typed, meanings[word.plain].forms, word.plain, word.called, word.kin)
        for word in grouped
    )
    if any(meaning.corrects for meaning in meanings.values()):
        return Words(words, corrected=" ".join(_written(word, meanings) for word in words))
    return Words(words)


def _written(word: Word, meanings: dict[str, _Meaning]) -> str:
    meaning = meanings.get(word.plain)
    return (meaning and meaning.corrects) or word.forms[0].strip('"')


def _as_asked(typed: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hub_asked(%s)", [typed.replace("\x00", " ")])
        return str(cursor.fetchone()[0])


def _grouped(read: Sequence[tuple[str, list[str]]], names: Names) -> list[Word]:
    """One word each, but several that name a term together; those without forms stand alone and are looked up."""
    grouped: list[Word] = []
    first = 0
    while first < len(read):
        for last in range(len(read), first, -1):
            parts = [part for _word, parts in read[first:last] for part in parts]
            called = tuple(names.called(parts)) if len(parts) <= names.longest_name else ()
            if last == first + 1 or (called and len(parts) > 1):
                break
        typed = " ".join(word for word, _parts in read[first:last])
        grouped.append(_word(typed, parts, called, names))
        first = last
    return grouped


def _word(typed: str, parts: list[str], called: tuple[int, ...], names: Names) -> Word:
    kin = tuple(names.names_of(called)[:_MOST_KIN])
    long = [part for part in parts if len(part) > _SHORT]
    if len(parts) == 1 or (parts[0] == "ex" and len(long) == 1):
        return Word(typed, (), long[0] if long else parts[0], called, kin)
    phrase = " ".join(parts)
    joined = ("".join(parts),) if len(parts) == 2 and phrase.replace(" ", "").isalpha() and " " not in typed else ()
    named = set() if " " in typed else _named_by_all(long, names)
    return Word(typed, (f'"{phrase}"', *joined), phrase, tuple(sorted({*called, *named})), kin)


def _named_by_all(parts: Iterable[str], names: Names) -> set[int]:
    """The terms that each telling part of a hyphenated word names: of `sans-abri` those that `abri` names as well."""
    named = [set(names.named(part)) for part in parts]
    return set.intersection(*named) if named else set()


def _single_words(plain: list[str], lexicon: Lexicon, names: Names) -> dict[str, _Meaning]:
    """What each of these words is searched as."""
    latin = {word: _latin(word, (*_LATIN, *((many, one) for one, many in _LATIN))) for word in plain}
    known = lexicon.known(
        {*plain, *map(_without_umlauts, plain), *(each for forms in latin.values() for each in forms)}
    )
    written_out = {word: short for word in plain if word not in known and (short := _without_umlauts(word)) in known}
    other = {word: [form for form in latin[word] if form in known] for word in plain}
    unknown = [word for word in plain if word not in known and word not in written_out and not other[word]]
    meanings = {word: _Meaning((word, *other[word])) for word in plain}
    meanings |= _meanings(unknown, lexicon, names) if unknown else {}
    meanings |= {word: _Meaning((word, short, *other[word])) for word, short in written_out.items()}
    # Of "Zentrum" also those with "zentren", whether or not that stands by itself.
    parts = {word: {word, *other[word], *_latin(word, _LATIN)} for word in plain if not meanings[word].corrects}
    compounds = containing(sorted(set().union(*parts.values())), lexicon)
    for word in parts:
        wholes = [whole for form in sorted(parts[word]) for whole in compounds.get(form, ())]
        if wholes:
            meanings[word] = _Meaning(tuple(dict.fromkeys([*meanings[word].forms, *wholes])))
    return meanings


def _without_umlauts(plain: str) -> str:
    return _UMLAUT.sub(r"\1", plain)


def _latin(plain: str, endings: Iterable[tuple[str, str]]) -> list[str]:
    """The same word in the other number, as Latin and Greek make it; which of them exist is for the lexicon to say."""
    if len(plain) < _SHORTEST_LATIN:
        return []
    return [plain.removesuffix(ending) + other for ending, other in endings if plain.endswith(ending)]


# Stems: a text has the word in another form, or the word is too common to be searched at all.
_TOO_COMMON = " OR ".join(f"numnode(hub_query('{language}', typed)) = 0" for language in full_text.CONFIGURATIONS)


def _look(lexicon: Lexicon) -> str:
    beginnings = lexicon.select(
        "word, plain",
        f"WHERE char_length(typed) >= {_SHORTEST_BEGINNING} AND plain LIKE replace(typed, '_', '') || '%%' "
        f"ORDER BY char_length(plain), plain LIMIT {_MOST_BEGINNINGS}",
    )
    alike = lexicon.select("word, plain", "ORDER BY plain <-> typed LIMIT 30")
    # Constants only, and the lexicon's own words.
    return f"""
        SELECT typed,
            {" OR ".join([_TOO_COMMON, *lexicon.stands])},
            ARRAY(
                SELECT word FROM ({beginnings}) AS begun(word, plain)
                GROUP BY word, plain ORDER BY char_length(plain), plain, word LIMIT {_MOST_BEGINNINGS}
            ),
            ARRAY(
                SELECT plain || ' ' || word FROM (
                    {alike}
                    UNION ALL
                    (SELECT named, named FROM unnest(%(named)s::text[]) AS named ORDER BY named <-> typed LIMIT 10)
                ) AS alike(word, plain)
                WHERE char_length(typed) BETWEEN {_SHORTEST_MISSPELT} AND {LONGEST}
                    AND abs(char_length(plain) - char_length(typed)) <= 2
            )
        FROM unnest(%(typed)s::text[]) AS typed
    """  # noqa: S608


def _meanings(unknown: list[str], lexicon: Lexicon, names: Names) -> dict[str, _Meaning]:
    """What to search in the place of those of these words that stand nowhere."""
    with connection.cursor() as cursor:
        cursor.execute(_look(lexicon), {"typed": unknown, "named": [*names.words]})
        rows = cursor.fetchall()
    meanings = {}
    for typed, is_known, beginnings, alike in rows:
        if is_known:
            continue
        if beginnings:
            meanings[typed] = _Meaning((typed, *beginnings))
        elif parts := parts_of(typed, lexicon):
            meanings[typed] = _Meaning((typed, *parts))
        elif not names.named(typed) and len(typed) <= LONGEST and (meant := closest(typed, alike)):
            plain, written = meant
            meanings[typed] = _Meaning((plain,), corrects=written)
    return meanings
