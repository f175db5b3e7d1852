"""Words made of words, as Dutch and German write them: the parts found in the whole, and the whole in its parts.

No dictionary tells them: a compound counts as one when its other part is a word of the lexicon as well.
"""

from collections.abc import Iterable

from django.db import connection

from hub.query_parsing.lexicon import Lexicon

# Letters that link two parts: Arbeit-s-markt, jeugd-werk, kind-er-opvang, groep-en-wonen.
_LINKS = ("", "s", "n", "e", "en", "er", "es")
_SHORTEST_PART = 4
_SHORTEST_WHOLE = 9
_LONGEST_WHOLE = 40
_MOST = 12


def containing(plain: Iterable[str], lexicon: Lexicon) -> dict[str, list[str]]:
    """The compounds with one of these words in them: `jobcoachingprojekt` for `coaching`; two queries."""
    long = [word for word in plain if _SHORTEST_PART < len(word) <= _LONGEST_WHOLE]
    if not long or not lexicon.tables:
        return {}
    wholes = lexicon.select(
        "plain",
        "WHERE plain LIKE '%%' || typed || '%%' AND plain <> typed ORDER BY char_length(plain), plain LIMIT 60",
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT typed, plain, char_length(plain) FROM unnest(%s::text[]) AS typed "  # noqa: S608  # constants
            f"CROSS JOIN LATERAL ({wholes}) AS found ORDER BY char_length(plain), plain",
            [long],
        )
        found = [(typed, whole) for typed, whole, _length in cursor.fetchall()]
    rests = {(word, whole): _rests(word, whole) for word, whole in found}
    known = lexicon.known(part for splits in rests.values() for split in splits for part in split if part)
    compounds: dict[str, list[str]] = {}
    for (word, whole), splits in rests.items():
        if any(all(not part or part in known for part in split) for split in splits):
            compounds.setdefault(word, []).append(whole)
    return {word: wholes[:_MOST] for word, wholes in compounds.items()}


def _rests(word: str, whole: str) -> list[tuple[str, str]]:
    """What stands before and after the word in the whole, without linking letters; endings of the word are none."""
    before, _word, after = whole.partition(word)
    befores = {before.removesuffix(link) for link in _LINKS}
    afters = {after.removeprefix(link) for link in _LINKS}
    return [
        (one, other)
        for one in befores
        for other in afters
        if (one or other) and all(not part or len(part) > 2 for part in (one, other))
    ]


def parts_of(whole: str, lexicon: Lexicon) -> list[str]:
    """A word that the lexicon does not know, as two that it knows; nothing where it is no such compound."""
    if not _SHORTEST_WHOLE <= len(whole) <= _LONGEST_WHOLE:
        return []
    splits = {
        (whole[:place].removesuffix(link), whole[place:])
        for place in range(_SHORTEST_PART, len(whole) - _SHORTEST_PART + 1)
        for link in _LINKS
        if len(whole[:place].removesuffix(link)) >= _SHORTEST_PART
    }
    known = lexicon.known(part for split in splits for part in split)
    fitting = [split for split in splits if known.issuperset(split)]
    return [" ".join(max(fitting, key=lambda split: (min(map(len, split)), split)))] if fitting else []
