"""Numbers that stand for what a practice can be found by, so that one array per practice answers every facet.

A term is its primary key. A year in use is its negative; a language a negative number below all years, the letters of
its code read as the digits of a number; what records say of a practice is a negative number above all years. The
database's functions (`practices/sql/entries.sql`) count the same way: whoever changes one side changes the other.
"""

from collections.abc import Iterable, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from practices.mainstreaming.models import Level
from practices.practice import facet_declarations
from practices.reuse.models.versions import Outcome

# The facets in the order in which their keys stand in an array; the database's `practices_parts` has the same.
PARTS = tuple(facet.name for facet in facet_declarations.in_place())

_LETTERS = "abcdefghijklmnopqrstuvwxyz-"
# Languages count down from here, years stand above.
LAST_LANGUAGE = -10_000
# Years have four figures; above them the choices of the facets that records answer count down from -1.
_FIRST_YEAR = -1_000


class Uptake(models.TextChoices):
    """Whether anybody else is known to have taken a practice up."""

    YES = "yes", _("Taken up elsewhere")
    UNKNOWN = "unknown", _("No reuse known")


# The facets that records about a practice answer, with what they can say; new ones come at the end.
RECORDS: Mapping[str, type[models.TextChoices]] = {"uptake": Uptake, "outcome": Outcome, "policy": Level}
_RECORD_KEYS = {
    choice: -number
    for number, choice in enumerate(((name, code) for name, choices in RECORDS.items() for code in choices.values), 1)
}


def year_key(year: int) -> int:
    """The key of a year in use."""
    return -year


def language_key(code: str) -> int:
    """The key of a language in which there are words; codes are lower-case, as Django writes them."""
    digits = ((_LETTERS.find(letter) + 1) * 28**place for place, letter in enumerate(code))
    return LAST_LANGUAGE - sum(digits)


def record_key(facet: str, code: str) -> int:
    """The key of what records say."""
    return _RECORD_KEYS[facet, code]


def part(facet: str) -> str:
    """The keys of one facet, as SQL takes them out of an entry's."""
    number = PARTS.index(facet)
    return f"keys[get_byte(starts, {number}):get_byte(starts, {number + 1}) - 1]"


def years(keys: Iterable[int]) -> dict[int, str]:
    """Those of the keys that are years, with how they are written."""
    return {key: str(-key) for key in keys if LAST_LANGUAGE < key <= _FIRST_YEAR}


def records(facet: str, keys: Iterable[int]) -> dict[int, str]:
    """Those of the keys that are choices of this facet, with their codes."""
    own = {_RECORD_KEYS[facet, code]: code for code in RECORDS[facet].values}
    return {key: own[key] for key in keys if key in own}


def languages(keys: Iterable[int]) -> dict[int, str]:
    """Those of the keys that are languages, with their codes."""
    return {key: _code(LAST_LANGUAGE - key) for key in keys if key <= LAST_LANGUAGE}


def _code(number: int) -> str:
    letters = []
    while number:
        number, digit = divmod(number, 28)
        letters.append(_LETTERS[digit - 1])
    return "".join(letters)
