"""The number of a version as a form carries it: nobody makes one up, or takes it from a form about something else."""

from django.core import signing
from django.db.models import Model

_SALT = "learning.version"


def signed(number: int, *about: Model) -> str:
    """The number, for a form about these things."""
    return _signer(about).sign(str(number))


def unsigned(value: str, *about: Model) -> int | None:
    """The number again; None where it was not signed for a form about these."""
    try:
        return int(_signer(about).unsign(value))
    except (signing.BadSignature, ValueError):
        return None


def _signer(about: tuple[Model, ...]) -> signing.Signer:
    return signing.Signer(salt=":".join([_SALT, *(f"{each._meta.label}={each.pk}" for each in about)]))
