"""What else follows once a claim is accepted: apps on the right register it."""

from collections.abc import Callable

from accounts.users.models import User
from partners.organisations.models import Organisation

Verb = Callable[[User, Organisation], None]

_verbs: list[Verb] = []


def register(verb: Verb) -> None:
    """Adds what is done for the new owner and the organisation; apps call this once, when they are ready."""
    if verb not in _verbs:
        _verbs.append(verb)


def follow(user: User, organisation: Organisation) -> None:
    """In the transaction that accepts."""
    for verb in _verbs:
        verb(user, organisation)
