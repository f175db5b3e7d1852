"""What the site's search finds: every app registers the kinds of its things and a source of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.functional import Promise

from hub.query_parsing.lexicon import Lexicon, Names, NoNames
from hub.query_parsing.text_queries import TextQueries
from hub.query_parsing.words import Words


@dataclass(frozen=True)
class Hit:
    """One thing that fits the words; the languages are set where they are not the reader's.

    `details` are what a reader tells it by beside its kind, such as where or when it is.
    """

    title: str
    url: str
    text: str = ""
    details: tuple[str, ...] = ()
    title_language: str = ""
    text_language: str = ""
    kind_label: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of things; `code` is what addresses carry, `one` stands on each hit, `many` leads to them alone.

    `own_list` leads to the app's own list with the same words, where there is more to choose.
    """

    code: str
    one: str | Promise
    many: str | Promise
    position: int
    own_list: Callable[[str], str] | None = None


@dataclass(frozen=True)
class Asked:
    """A search of the site, by a reader of some language."""

    queries: TextQueries
    language: str

    @property
    def words(self) -> Words:
        """What was understood."""
        return self.queries.words

    @property
    def title(self) -> str:
        """What a title would be that is the very words."""
        return self.words.raw or self.words.plain


class Source(Protocol):
    """Where things of one or several kinds are found."""

    lexicon: Lexicon

    def found(self, asked: Asked) -> QuerySet[Any, Any]:
        """What fits and may be seen, as `rows.row` has it."""

    def hits(self, keys: Iterable[int], language: str) -> Mapping[int, Hit]:
        """What is shown of these, by key, in a fixed number of queries."""


_sources: dict[str, Source] = {}
_kinds: dict[str, tuple[Kind, str]] = {}
_names: list[Callable[[], Names]] = []


def register(name: str, source: Source) -> None:
    """Adds a source. Apps call this, and the next, when they are ready."""
    _sources[name] = source


def register_kind(kind: Kind, *, source: str) -> None:
    """Adds a kind of things that a source finds; an app may name those that another one's source finds for it."""
    _kinds[kind.code] = kind, source


def register_names(load: Callable[[], Names]) -> None:
    """By what the terms are called that things are described with."""
    _names[:] = [load]


def names() -> Names:
    """By what all terms are called."""
    return _names[0]() if _names else NoNames()


def sources() -> list[Source]:
    """All of them."""
    return list(_sources.values())


def source_of(kind: str) -> Source:
    """Where things of this kind are found."""
    return _sources[_kinds[kind][1]]


def kinds() -> dict[str, Kind]:
    """All of them by code, in the order in which they are offered."""
    ordered = sorted((kind for kind, _source in _kinds.values()), key=lambda kind: kind.position)
    return {kind.code: kind for kind in ordered}


def lexicon() -> Lexicon:
    """The words that some source knows."""
    known = Lexicon(tables=("hub_siteword",))
    for source in _sources.values():
        known += source.lexicon
    return known
