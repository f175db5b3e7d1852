"""How long each kind of record is kept: said once, read by the code that erases it, by forms, pages and docs.

A room says it in its `keeping_times.py`, which its models and forms may read; the app's `AppConfig.ready` registers it
together with what erases. One periodic task erases them all, so a new kind needs neither a task nor a line in the
schedule. `tests/nccsi/test_keeping.py` compares the table in `docs/operations.md` with all of them.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

logger = logging.getLogger(__name__)

Eraser = Callable[[], object]


@dataclass(frozen=True)
class KeepingTime:
    """One kind of record: it goes by itself when `lasts` have passed `since` something.

    Where people delete it, only `since` is there and says until when. `name` is what other texts call it by.
    """

    name: str
    what: str
    since: str
    lasts: timedelta | None = None

    @property
    def span(self) -> timedelta:
        """How long, for those that go by themselves."""
        if self.lasts is None:
            raise ValueError(f"{self.name} is kept until somebody deletes it.")
        return self.lasts

    @property
    def days(self) -> int:
        """The same in days, for sentences."""
        return self.span.days

    def __str__(self) -> str:
        """`30 days after the event`."""
        return f"{_in_words(self.lasts)} {self.since}" if self.lasts else self.since


def _in_words(span: timedelta) -> str:
    number, unit = (span.days, "day") if span.days else (span.seconds // 3600, "hour")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


class NotErasedError(Exception):
    """Some of what is due could not be erased; each failure is in the log."""


_times: dict[str, KeepingTime] = {}
_erasers: dict[str, Eraser] = {}


def register(*times: KeepingTime, erase: Eraser | None = None) -> None:
    """Called by each app for its own kinds of records; `erase` is for those that go by themselves.

    It is called every hour, and now and then twice at once: it erases what is due and nothing else. Where much may be
    due, `erasing.delete` keeps what was done when time is up. A name is of one kind only: another would never go.
    """
    for each in times:
        if (each.lasts is None) != (erase is None):
            raise ValueError(f"{each.name} goes by itself with both, a span and what erases, or with neither.")
        if each.name in _times and (_times[each.name], _erasers.get(each.name)) != (each, erase):
            raise ValueError(f"{each.name} is the name of something else already.")
        _times[each.name] = each
        if erase:
            _erasers[each.name] = erase


def all_times() -> list[KeepingTime]:
    """Every kind of record that any app keeps about people."""
    return list(_times.values())


def of(name: str) -> KeepingTime:
    """The one of this name."""
    return _times[name]


def erase_what_is_due() -> None:
    """Erase all kinds of records whose time is over; one that fails does not keep the others from going.

    Raises NotErasedError in the end when any failed.
    """
    failed = []
    for erase, names in _by_eraser().items():
        try:
            erase()
        except Exception:
            logger.exception("Could not erase: %s", names)
            failed.append(names)
            _start_afresh()
    if failed:
        raise NotErasedError("; ".join(failed))


def _by_eraser() -> dict[Eraser, str]:
    """What erases, each once, with the names of what it erases."""
    found: dict[Eraser, list[str]] = {}
    for name, erase in _erasers.items():
        found.setdefault(erase, []).append(name)
    return {erase: ", ".join(names) for erase, names in found.items()}


def _start_afresh() -> None:
    """Leave a connection that the failure may have broken, or left in the middle of something."""
    if not connection.in_atomic_block:
        connection.close()
