"""Who is the same person: name and address together, because colleagues share mailboxes.

The database folds names (case, accents, spaces, dots) to tell whether two are the same. Whether two that differ might
be the same person is a question for the person: `J. Peeters` and `Jan Peeters`, `Peeters Jan`, a slip of the finger.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.db.models import CharField, Expression, F, Func, Value
from django.db.models.functions import Lower

# Combining marks, spaces of all kinds, and what stands between the parts of a name.
_BETWEEN = "[\u0300-\u036f\\s\u00a0\u202f.,;'’‘`´·_-]+"
_ALIKE = 0.85
# Of a name as the database compares it: one character can stand for eighteen letters.
LONGEST = 500


def folded(name: str | Expression | F) -> Expression:
    """A name as the database compares it; for a column, too, since nothing in it depends on settings."""
    value = Value(name, output_field=CharField()) if isinstance(name, str) else name
    decomposed = Func(value, template="normalize(%(expressions)s, NFKD)", output_field=CharField())
    return Func(
        Lower(decomposed), Value(_BETWEEN), Value(""), Value("g"), function="regexp_replace", output_field=CharField()
    )


def fold(name: str) -> str:
    """The same in Python, near enough to tell who stands twice in one form."""
    return "".join(_parts(name))


def alike(name: str, others: Iterable[str]) -> list[str]:
    """Those of these names that might be the same person under another spelling."""
    return [other for other in others if _might_be(_parts(name), _parts(other))]


def _parts(name: str) -> list[str]:
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(letter)
    )
    return [part for part in re.split(r"[\W_]+", plain) if part]


def _might_be(one: list[str], other: list[str]) -> bool:
    fewer, more = sorted([one, other], key=len)
    if not fewer:
        return False
    left = list(more)
    whole = 0
    for part in sorted(fewer, key=len, reverse=True):
        found = next((each for each in left if each == part), None) or next(
            (each for each in left if each[0] == part[0] and 1 in {len(each), len(part)}), None
        )
        if found is None:
            break
        left.remove(found)
        whole += len(found) > 1 and found == part
    else:
        if whole:
            return True
    return SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other))).ratio() >= _ALIKE
