"""Numbers of certificates: 80 random bits, in letters that nobody mistakes for another (Crockford's base 32)."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_GROUP = 4
_MISTAKEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new() -> str:
    """A number that was never given, and that nobody finds by trying."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def grouped(number: str) -> str:
    """As people read it aloud: `4F7K-9Q2M-XW3T-B8ZC`."""
    return "-".join(number[start : start + _GROUP] for start in range(0, len(number), _GROUP))


def read(typed: str) -> str:
    """What somebody typed, without gaps, in capitals, with O for zero and the like put right; "" if it is no number."""
    letters = "".join(typed.upper().split()).replace("-", "").translate(_MISTAKEN)
    return letters if len(letters) == LENGTH and set(letters) <= set(ALPHABET) else ""
