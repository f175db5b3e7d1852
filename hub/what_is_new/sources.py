"""What apps have to tell about subjects that people follow: each registers one source for each kind of thing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise

from hub.newsletter.issues import Item


@dataclass(frozen=True)
class Appeared:
    """A thing that became public, and the topics it belongs to, such as `organisation:12` and `theme:19`."""

    key: int
    moment: datetime
    topics: frozenset[str]


class Source(Protocol):
    """The things of one kind."""

    def appeared(self, since: datetime, until: datetime) -> Iterable[Appeared]:
        """What is public and became so after `since`, until `until`; in a bounded number of queries."""

    def found(self, keys: Sequence[str], language: str) -> Iterable[Item]:
        """These things as a reader of this language gets them, as far as they are still public."""


@dataclass(frozen=True)
class Registered:
    """A source, its name in stored keys, and the heading of its things."""

    name: str
    source: Source
    label: str | Promise


_sources: dict[str, Registered] = {}


def register(name: str, source: Source, *, label: str | Promise) -> None:
    """Let followers of subjects hear of an app's things, under this heading."""
    _sources[name] = Registered(name, source, label)


def known() -> list[Registered]:
    """All of them, in the order in which mails show them."""
    return list(_sources.values())


def found(things: Iterable[str], language: str) -> dict[str, list[tuple[str, Item]]]:
    """By source, the things behind stored keys (`practices:12`) that are still public, in their order."""
    asked: dict[str, list[str]] = {}
    for thing in things:
        name, _colon, key = thing.partition(":")
        asked.setdefault(name, []).append(key)
    shown = {}
    for each in known():
        if keys := asked.get(each.name):
            items = {item.key: item for item in each.source.found(keys, language)}
            shown[each.name] = [(f"{each.name}:{key}", items[key]) for key in keys if key in items]
    return shown
