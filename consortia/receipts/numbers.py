"""Numbers of receipts: year, running number, and a letter that catches a digit misread or two exchanged."""

import re

# Letters that nobody takes for another or for a digit; 23 of them, a prime number, so that no weight below is lost.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
_NUMBER = re.compile(r"([0-9]{4})-?([0-9]{5,10})-?([A-Z])", re.ASCII)


def written(year: int, running: int) -> str:
    """As people read it aloud: `2026-00017-N`."""
    digits = f"{year:04d}-{running:05d}"
    return f"{digits}-{_check(digits)}"


def read(typed: str) -> str:
    """The number that somebody typed, with gaps and small letters put right; "" where it can be none."""
    found = _NUMBER.fullmatch("".join(typed.upper().split()))
    if found is None:
        return ""
    year, running, letter = found.groups()
    return f"{year}-{running}-{letter}" if _check(f"{year}-{running}") == letter else ""


def _check(digits: str) -> str:
    numbers = [int(digit) for digit in digits if digit != "-"]
    return _LETTERS[sum(place * number for place, number in enumerate(numbers, start=1)) % len(_LETTERS)]
