"""Codes to sign in and to prove an address, of which only those that were mailed open anything.

The cap on a mailbox bounds how many codes an hour there are to guess at; one whose mail it gave up would be one more.
"""

from typing import Any

from django.http import HttpRequest

from accounts.users import visits

_UNSENT = "_accounts_unsent_codes"
# What allauth keeps where there is no account; nothing that is typed equals it.
NO_CODE = ""


def was_not_sent(code: str) -> None:
    """Remember, while this request is answered, that the mail with this code never leaves."""
    request = visits.answered_request()
    if request is not None:
        setattr(request, _UNSENT, getattr(request, _UNSENT, frozenset()) | {code})


def forget_unsent(request: HttpRequest) -> None:
    """Take such codes out of the session before it is stored; the page that asks for the code is the same without."""
    unsent: frozenset[str] = getattr(request, _UNSENT, frozenset())
    if unsent and _emptied(dict(request.session.items()), unsent):
        request.session.modified = True


def _emptied(kept: dict[str, Any], unsent: frozenset[str]) -> bool:
    """Empty them wherever they are kept: allauth has a place for each kind of code."""
    found = False
    for name, value in kept.items():
        if isinstance(value, dict):
            found |= _emptied(value, unsent)
        elif name == "code" and value in unsent:
            kept[name], found = NO_CODE, True
    return found
