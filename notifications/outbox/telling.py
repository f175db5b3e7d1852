"""Who hears when something changes, and how one mail per address is written for all of them."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from notifications.outbox import outbox, suppression
from notifications.outbox.models import Message
from notifications.outbox.outbox import Attachment, Mail
from notifications.subscriptions.models import Subscription, SubscriptionQuerySet

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Receiver:
    """One address that hears, the language it reads, and why: it follows, or it takes part."""

    email: str
    language: str
    subscription: Subscription | None = None

    @property
    def key(self) -> str:
        return address_key(self.email)


def address_key(email: str) -> str:
    """Stands for an address in the key of a message, whatever its capitals."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:32]


def each_address_once(people: Iterable[tuple[str, str]], *, followers: Iterable[Receiver] = ()) -> list[Receiver]:
    """The followers, and these people (address and language) as far as they do not follow.

    Addresses that mail servers refused for good are nobody that could be told.
    """
    found = {receiver.email.lower(): receiver for receiver in followers}
    for email, language in people:
        found.setdefault(email.lower(), Receiver(email, language))
    refused = suppression.refused(receiver.email for receiver in found.values())
    return [receiver for address, receiver in found.items() if address not in refused]


def each_once(*subscriptions: SubscriptionQuerySet) -> list[Receiver]:
    """Each address of these followers once, for the first of its reasons."""
    found: dict[str, Receiver] = {}
    for followers in subscriptions:
        for each in followers.order_by("pk"):
            found.setdefault(each.email.lower(), Receiver(each.email, each.language, each))
    return list(found.values())


def tell(
    receivers: Iterable[Receiver],
    kind: str,
    *,
    about: str,
    key: str,
    context: Callable[[Receiver], Mapping[str, Any]],
    attachments: Callable[[str], list[Attachment]],
) -> int:
    """Writes one mail for each into the outbox, in the caller's transaction; returns how many people are told.

    Calendar files are made once per language, not once per person; rows that are there already stay as they are.
    """
    files: dict[str, list[Attachment]] = {}

    def mail(receiver: Receiver) -> Mail:
        language = outbox.spoken(receiver.language)
        if language not in files:
            files[language] = attachments(language)
        return Mail(
            to=receiver.email,
            language=language,
            context=context(receiver),
            dedupe_key=f"{key}:{receiver.key}",
            attachments=files[language],
            subscription=receiver.subscription,
        )

    return outbox.queue_many(kind, map(mail, receivers), about=about)


def take_back(about: str, *, reason: str, telling: str = "moved") -> dict[str, Facts]:
    """Withdraws what waits about a fact; by address, what those were to read who were not told of its change yet."""
    unsent = Message.objects.waiting().filter(about=f"{about}:{telling}").values_list("to_email", "context")
    known: dict[str, Facts] = {address_key(email): context for email, context in unsent}
    outbox.withdraw(about, reason=reason)
    return known


def as_known(facts: Facts, unsent: Facts | None, *, names: Iterable[str]) -> dict[str, Any]:
    """The facts of a change for somebody who never heard of the one before it: what they know instead as the old ones.

    Of each name there are two facts, `due_at` and `old_due_at`.
    """
    older = {f"old_{name}": unsent[f"old_{name}"] for name in names} if unsent else {}
    return dict(facts) | older


def is_news(facts: Facts, *, names: Iterable[str]) -> bool:
    """Whether somebody who reads these facts learns anything; not when a thing came back to where they know it."""
    return any(facts[f"old_{name}"] != facts[name] for name in names)
