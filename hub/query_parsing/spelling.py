"""Whether a word is another one with a slip of the fingers."""

from collections.abc import Iterable

# Whoever writes a long word slips twice at the most, and seldom in its first letter; a wrong letter weighs more than
# one too few. Past the longest, a word is no slip of another.
_LONG = 6
LONGEST = 24
_WRONG_LETTER = 1.5


def closest(typed: str, words: Iterable[str]) -> tuple[str, str] | None:
    """Of words, each as it is compared and as it is written (`ecole école`), the one that was meant, if any."""
    alike = (word.split(" ", 1) for word in words)
    slips = sorted((_slips(typed, plain), plain, word) for plain, word in alike)
    most = 2.0 if len(typed) >= _LONG else _WRONG_LETTER
    near = ((plain, word) for number, plain, word in slips if number <= most - (plain[0] != typed[0]))
    return next(near, None)


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
