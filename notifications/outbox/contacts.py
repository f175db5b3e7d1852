"""Whom a mail names for questions, and where an answer to it goes: each app says who answers for its facts."""

from collections.abc import Callable
from dataclasses import dataclass

from notifications.outbox.models import Message


@dataclass(frozen=True)
class Contact:
    """A name in the reader's language, and a mailbox."""

    name: str
    email: str


OfFact = Callable[[int], Contact | None]
OfSite = Callable[[], Contact | None]

_of_facts: dict[str, OfFact] = {}
_of_site: list[OfSite] = []


def register(fact: str, find: OfFact) -> None:
    """Name who answers for facts of this kind (`call`, for mails about `call:7`); asked in the reader's language."""
    _of_facts[fact] = find


def register_site(find: OfSite) -> None:
    """Name who answers for all other mail."""
    _of_site[:] = [find]


def fact_of(message: Message) -> str:
    """The fact for which somebody answers (`call:7`): what the mail is about, else what its receiver follows."""
    topic = message.subscription.topic if message.subscription else ""
    for key in (message.about, topic):
        kind, _colon, rest = key.partition(":")
        number = rest.partition(":")[0]
        if kind in _of_facts and number.isdecimal():
            return f"{kind}:{number}"
    return ""


def contact_for(fact: str) -> Contact | None:
    """Who answers for it in the active language, else who does for the site; nobody where nobody is named."""
    kind, _colon, number = fact.partition(":")
    found = _of_facts[kind](int(number)) if fact else None
    for of_site in _of_site:
        found = found or of_site()
    return found
