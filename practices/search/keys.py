"""Numbers that stand for what a practice can be found by, so that one array per practice answers every facet.

A term is its primary key. A year in use is its negative; a language a negative number below all years, the letters of
its code read as the digits of a number. The database's functions (`practices/sql/entries.sql`) count the same way:
whoever changes one side changes the other.
"""

from collections.abc import Iterable

from practices.practice import facet_declarations

# The facets in the order in which their keys stand in an array; the database's `practices_parts` has the same.
PARTS = tuple(facet.name for facet in facet_declarations.in_place())

_LETTERS = "abcdefghijklmnopqrstuvwxyz-"
# Languages count down from here, years stand above.
LAST_LANGUAGE = -10_000


def year_key(year: int) -> int:
    """The key of a year in use."""
    return -year


def language_key(code: str) -> int:
    """The key of a language in which there are words; codes are lower-case, as Django writes them."""
    digits = ((_LETTERS.find(letter) + 1) * 28**place for place, letter in enumerate(code))
    return LAST_LANGUAGE - sum(digits)


def part(facet: str) -> str:
    """The keys of one facet, as SQL takes them out of an entry's."""
    number = PARTS.index(facet)
    return f"keys[get_byte(starts, {number}):get_byte(starts, {number + 1}) - 1]"


def years(keys: Iterable[int]) -> dict[int, str]:
    """Those of the keys that are years, with how they are written."""
    return {key: str(-key) for key in keys if LAST_LANGUAGE < key < 0}


def languages(keys: Iterable[int]) -> dict[int, str]:
    """Those of the keys that are languages, with their codes."""
    return {key: _code(LAST_LANGUAGE - key) for key in keys if key <= LAST_LANGUAGE}


def _code(number: int) -> str:
    letters = []
    while number:
        number, digit = divmod(number, 28)
        letters.append(_LETTERS[digit - 1])
    return "".join(letters)
