"""What people can follow: each app registers how to name its topics, so that this one need not know them."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.utils import translation


@dataclass(frozen=True)
class Topic:
    """A followable thing in one language: what it is called and where it lives.

    `has_deadlines` says that its followers choose how long before a deadline they hear of it.
    """

    title: str
    url: str
    has_deadlines: bool = False

    @property
    def address(self) -> str:
        """The full address, for mails."""
        return urljoin(settings.SITE_URL, self.url)


Resolver = Callable[[str, str], Topic | None]

_resolvers: dict[str, Resolver] = {}


def register(prefix: str, resolver: Resolver) -> None:
    """Make `prefix` (or `prefix:<identifier>`) followable; the resolver gets the identifier and the language."""
    _resolvers[prefix] = resolver


def resolve(key: str, language: str) -> Topic | None:
    """The topic under this key, or None when there is no such thing or a visitor may not see it."""
    prefix, _colon, identifier = key.partition(":")
    resolver = _resolvers.get(prefix)
    if resolver is None:
        return None
    with translation.override(language):
        return resolver(identifier, language)
