"""What "my page" shows: each app that keeps something about a person adds its own section."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.users.models import User


@dataclass(frozen=True)
class Section:
    """One part of the page: a heading, the template that shows it, and what the template needs."""

    title: str
    template: str
    context: dict[str, Any]


Provider = Callable[[User, str], Section | None]

_providers: list[tuple[int, Provider]] = []


def register(provider: Provider, *, position: int) -> None:
    """Add a section; `provider(user, language)` returns None when it has nothing to say."""
    _providers.append((position, provider))


def sections(user: User, language: str) -> list[Section]:
    """The sections for one person, in order."""
    ordered = sorted(_providers, key=lambda entry: entry[0])
    found = (provider(user, language) for _position, provider in ordered)
    return [section for section in found if section is not None]
