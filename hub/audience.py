"""Who hears when something about a call changes, and how one mail per address is written for all of them."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from hub import participants
from hub.models import Call
from notifications import suppression
from notifications.models import Message, Subscription
from notifications.outbox import Attachment
from notifications.querysets import SubscriptionQuerySet

_BATCH = 1000


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


def of(call: Call) -> list[Receiver]:
    """Each address once: as a follower of this call, else of all calls, else as somebody who takes part.

    Addresses that mail servers refused for good are nobody that could be told.
    """
    following = Subscription.objects.active()
    followers = each_once(following.to(f"call:{call.pk}"), following.to("calls"))
    known = {receiver.email.lower() for receiver in followers}
    others: dict[str, Receiver] = {}
    for email, language in participants.people(call):
        if email.lower() not in known:
            others.setdefault(email.lower(), Receiver(email, language))
    found = [*followers, *others.values()]
    refused = suppression.refused(receiver.email for receiver in found)
    return [receiver for receiver in found if receiver.email.lower() not in refused]


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
    known = dict(settings.LANGUAGES)
    files: dict[str, Any] = {}
    rows: list[Message] = []
    for receiver in receivers:
        language = receiver.language if receiver.language in known else settings.LANGUAGE_CODE
        if language not in files:
            files[language] = attachments(language)
        rows.append(
            Message(
                kind=kind,
                to_email=receiver.email,
                language=language,
                context=dict(context(receiver)),
                attachments=files[language],
                subscription=receiver.subscription,
                about=about,
                dedupe_key=f"{key}:{receiver.key}",
            )
        )
    Message.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
    return len(rows)
