"""Lists whose searches can be followed: each app says of its own how they are written, called and answered."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import ngettext

from accounts.public_forms.names import as_browsers_read
from hub.saved_searches.models import LONGEST_QUERY

_MOST_LABELS = 6
# The words stand in a mail to an address that anybody may have typed: it carries no stranger's message or link.
_LONGEST_WORDS = 80
_LINK = re.compile(r"://|@|\w\.\w{2}")


Row = TypeVar("Row")


class SearchableList(ABC):
    """A list of an app; a search of it is its address's parameters in one canonical writing."""

    prefix: str  # under which its searches are followed
    called: str | Promise  # what figures call all its searches that are followed
    kind: str  # of the mails that tell; they get `search`, the keys that were `found`, and their `count`
    moment: str  # the column that says when a row appeared

    @abstractmethod
    def everything(self) -> QuerySet[Any]:
        """All that a visitor may see now."""

    @abstractmethod
    def canonical(self, query: str) -> str:
        """What an address asks for, the same string for the same question; empty when it asks for nothing."""

    @abstractmethod
    def title(self, query: str) -> str:
        """What a search is called where it is followed, in the active language."""

    @abstractmethod
    def address(self, query: str) -> str:
        """Where the list answers it, in the active language."""

    @abstractmethod
    def found(self, query: str, fresh: QuerySet[Any]) -> QuerySet[Any]:
        """What a search finds of these rows, in bounded queries."""

    def newest(self, until: datetime) -> datetime | None:
        """When the newest of all that is public appeared, of what appeared until then; None where nothing did."""
        newest: datetime | None = self._appeared(until=until).aggregate(newest=Max(self.moment))["newest"]
        return newest

    def appeared(self, query: str, since: datetime, until: datetime) -> list[tuple[int, datetime]]:
        """What the search finds of what appeared after `since`, until `until`; keys and moments, in bounded queries."""
        fresh = self._appeared(until=until).filter(**{f"{self.moment}__gt": since})
        return list(self.found(query, fresh).values_list("pk", self.moment))

    def public(self, keys: Iterable[int]) -> set[int]:
        """Which of these a visitor may still see."""
        return set(self.everything().filter(pk__in=keys).values_list("pk", flat=True))

    def _appeared(self, *, until: datetime) -> QuerySet[Any]:
        return self.everything().filter(**{f"{self.moment}__lte": until})


@dataclass(frozen=True)
class Told(Generic[Row]):
    """What a mail tells: the first of what was found, how much more there is, and where all of it is."""

    rows: list[Row]
    more: int
    url: str

    @property
    def count(self) -> int:
        """How much it tells of."""
        return len(self.rows) + self.more


_lists: dict[str, SearchableList] = {}


def add(searchable: SearchableList) -> None:
    """Make a list known; `topics.register` calls this and makes its searches followable."""
    _lists[searchable.prefix] = searchable


def known() -> dict[str, SearchableList]:
    """All lists by their prefixes."""
    return _lists


def written(pairs: Iterable[tuple[str, str]]) -> str:
    """The canonical writing of what was asked for, in whatever order."""
    return urlencode(sorted(pairs))


def in_words(query: str, label: Callable[[str, str], str]) -> str:
    """What a search asks for: `‘wonen’, Housing, Belgium`; `label` names a choice by parameter and value."""
    pairs = sorted(parse_qsl(query), key=lambda pair: pair[0] != "q")
    # Single quotation marks, because the whole stands in double ones in places.
    labels = [f"‘{value}’" if name == "q" else label(name, value) for name, value in pairs]
    shown, rest = labels[:_MOST_LABELS], len(labels) - _MOST_LABELS
    if rest > 0:
        shown.append(ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest})
    return ", ".join(shown)


def may_be_followed(query: str) -> bool:
    """Whether a search in canonical writing can be followed: it asks for something, and no mail suffers from it."""
    words = dict(parse_qsl(query)).get("q", "")
    if not 0 < len(query) <= LONGEST_QUERY or len(words) > _LONGEST_WORDS:
        return False
    return not any(_LINK.search(each) for each in (words, as_browsers_read(words)))


def still_asks(searchable: SearchableList, query: str) -> bool:
    """Whether all that was chosen still exists. Without a term that is gone it would be another, wider search."""
    chosen = {pair for pair in parse_qsl(query) if pair[0] != "q"}
    return chosen <= set(parse_qsl(searchable.canonical(query)))


def follow_address(searchable: SearchableList, query: str) -> str:
    """Where a search in canonical writing can be followed; empty when it cannot."""
    if not may_be_followed(query):
        return ""
    return f"{reverse('notifications:follow')}?{urlencode({'topic': f'{searchable.prefix}:{query}'})}"
