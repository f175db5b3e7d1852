"""What people can follow: each app registers how to name its topics, so that this one need not know them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Model
from django.utils import translation
from django.utils.functional import Promise


@dataclass(frozen=True)
class Topic:
    """A followable thing in one language: what it is called and where it lives.

    `has_deadlines` says that its followers choose how long before a deadline they hear of it; `heading` is what stands
    above the form that follows it, where “Follow” and the title in quotes would read badly.
    """

    title: str
    url: str
    has_deadlines: bool = False
    heading: str = ""

    @property
    def address(self) -> str:
        """The full address, for mails."""
        return urljoin(settings.SITE_URL, self.url)


Resolver = Callable[[Sequence[str], str], Mapping[str, Topic]]
Maker = Callable[[str], str | None]

# What a subscription can hold, and what somebody may ask for that does not exist yet.
LONGEST_KEY = 100
LONGEST_WISH = 1_200

_resolvers: dict[str, Resolver] = {}
_called: dict[str, str | Promise] = {}
_makers: dict[str, Maker] = {}
# By the model: what its rows are followed under, and by which identifier where that is not their number.
_of_each: dict[type[Model], str] = {}
_identifiers: dict[type[Model], Callable[[Model], str]] = {}
_of_whole: dict[type[Model], str] = {}


def register(
    prefix: str,
    resolver: Resolver,
    *,
    called: str | Promise,
    each: type[Model] | None = None,
    whole: type[Model] | None = None,
    identifier: Callable[[Model], str] | None = None,
    maker: Maker | None = None,
) -> None:
    """Make `prefix` (or `prefix:<identifier>`) followable; `called` is what figures call all that is followed so.

    The resolver gets identifiers and a language, and gives those topics that a visitor may see, in a fixed number of
    queries. `each` is the model whose rows are followed by their numbers, or by what `identifier` says of a row (empty
    where nobody can follow it); `whole` is that of what is followed under the prefix alone. Staff who take one of them
    away read who follows it.

    With a maker, something can be asked for before it exists: the resolver names the wish as well, and once somebody
    asks to follow it the maker turns the wish into the identifier of a row (None when it cannot). Given such an
    identifier, it returns it as it is. Looking at the form makes nothing.
    """
    _resolvers[prefix] = resolver
    _called[prefix] = called
    if each:
        _of_each[each] = prefix
        if identifier:
            _identifiers[each] = identifier
    if whole:
        _of_whole[whole] = prefix
    if maker:
        _makers[prefix] = maker


def kinds() -> dict[str, str | Promise]:
    """What can be followed: each prefix, with what all that is followed under it is called."""
    return dict(_called)


def key_of(thing: Model) -> str:
    """Under which key people follow this; empty where nobody can."""
    kind = type(thing)
    if kind not in _of_each:
        return _of_whole.get(kind, "")
    identifier = _identifiers[kind](thing) if kind in _identifiers else str(thing.pk)
    return f"{_of_each[kind]}:{identifier}" if identifier else ""


def asked_for(key: str, language: str) -> Topic | None:
    """What an address asks to follow: a topic, or a wish for one; None when there is no such thing."""
    longest = LONGEST_WISH if key.partition(":")[0] in _makers else LONGEST_KEY
    return resolve(key, language) if len(key) <= longest else None


def made(key: str) -> str | None:
    """The key of the topic itself, which is made now if it was only a wish; None when nothing comes of the wish."""
    prefix, _colon, wish = key.partition(":")
    if prefix not in _makers:
        return key
    identifier = _makers[prefix](wish)
    return f"{prefix}:{identifier}" if identifier else None


def resolve(key: str, language: str) -> Topic | None:
    """The topic under this key, or None when there is no such thing or a visitor may not see it."""
    return resolve_all([key], language).get(key)


def resolve_all(keys: Iterable[str], language: str) -> dict[str, Topic]:
    """The topics under these keys, those that there are and that a visitor may see."""
    identifiers: dict[str, dict[str, str]] = {}
    for key in keys:
        prefix, _colon, identifier = key.partition(":")
        identifiers.setdefault(prefix, {})[identifier] = key
    found: dict[str, Topic] = {}
    with translation.override(language):
        for prefix, asked in identifiers.items():
            topics = _resolvers[prefix]([*asked], language) if prefix in _resolvers else {}
            found |= {asked[identifier]: topic for identifier, topic in topics.items()}
    return found
