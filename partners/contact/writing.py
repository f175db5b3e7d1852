"""A message finds its way to the people of an organisation, and the sender gets a copy."""

import hashlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db import transaction

from accounts.users import addresses
from accounts.users.models import User
from partners.contact import emails
from partners.contact.receivers import Receiver, receivers
from partners.organisations.models import Organisation

# Writes a mail to a receiver about what was said.
Tell = Callable[..., Any]


def write(organisation: Organisation, **said: Any) -> None:
    """Pass a message on to the organisation; takes what `pass_on` takes of it."""
    tell, copy = partial(emails.message, organisation), partial(emails.copy, organisation)
    pass_on(receivers(organisation), tell=tell, copy=copy, **said)


@transaction.atomic
def pass_on(
    to: Iterable[Receiver],
    *,
    tell: Tell,
    copy: Tell,
    name: str,
    email: str,
    message: str,
    language: str,
    by: User | None,
) -> None:
    """A mail to each receiver and one to the sender, in their `language`; sent twice it is one.

    The copy repeats the words only to who proved to hold the address: else anybody could send anything to anybody.
    """
    key = hashlib.sha256("\0".join([email.lower(), message]).encode()).hexdigest()[:32]
    for receiver in to:
        tell(receiver, name=name, email=email, message=message, key=key)
    words = message if addresses.holds(by, email) else ""
    copy(Receiver(email, language), name=name, message=words, key=key)
