"""Who hears of a call: its followers, and who takes part in it.

The apps that know who takes part register here, so that the centre can tell them what changes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, Value

from calls.chain.models import Call
from notifications.outbox import telling
from notifications.outbox.telling import Receiver
from notifications.subscriptions.models import Subscription


@dataclass(frozen=True)
class Provider:
    """Where participants come from.

    `people(call)` gives an address and a language for each; `number()` counts them per call, as an expression in which
    `OuterRef("pk")` is the call.
    """

    people: Callable[[Call], Iterable[tuple[str, str]]]
    number: Callable[[], Any]


_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Adds a source of participants; apps call this once, when they are ready."""
    if provider not in _providers:
        _providers.append(provider)


def people(call: Call) -> Iterable[tuple[str, str]]:
    """Address and language of everybody who takes part, from every source."""
    for provider in _providers:
        yield from provider.people(call)


def number() -> Any:
    """How many take part in each call of a query, to annotate it with."""
    total: Any = Value(0, output_field=IntegerField())
    for provider in _providers:
        total = total + provider.number()
    return total


def hearing(call: Call) -> list[Receiver]:
    """Who hears of a call: as a follower of this call, else of all calls, else as somebody who takes part."""
    following = Subscription.objects.active()
    followers = telling.each_once(following.to(f"call:{call.pk}"), following.to("calls"))
    return telling.each_address_once(people(call), followers=followers)
