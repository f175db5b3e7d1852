"""The dates ahead of what people follow: each app registers them for its topics, as it does the topics themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation


@dataclass(frozen=True)
class ComingDate:
    """One date ahead: what it is, when, and how long that still is in words. A mere day has no hour."""

    what: str
    at: datetime
    has_time: bool
    left: str


@dataclass(frozen=True)
class Coming:
    """The dates ahead, the soonest first, and the very same as a calendar file."""

    dates: list[ComingDate]
    calendar: str


Source = Callable[[str, str], Coming | None]

_sources: dict[str, Source] = {}


def register(prefix: str, source: Source) -> None:
    """`source(identifier, language)` gives the dates of a topic under this prefix; None when none is ahead.

    It gives as many as a mail can show, in a fixed number of queries, and the same calendar file as long as no fact of
    it changed.
    """
    _sources[prefix] = source


def coming(key: str, language: str) -> Coming | None:
    """What is ahead of the topic under this key; None where it has no dates, or none that is still to come."""
    prefix, _colon, identifier = key.partition(":")
    if prefix not in _sources:
        return None
    with translation.override(language):
        return _sources[prefix](identifier, language)
