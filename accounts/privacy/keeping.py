"""How long each kind of record is kept: said once, read by the code that erases it, by forms, pages and docs.

A room says it in its `keeping_times.py`, which its models and forms may read; the app's `AppConfig.ready` registers it
together with what is due and what erases. One periodic task erases them all, so a new kind needs neither a task nor a
line in the schedule. `tests/nccsi/test_keeping.py` compares the table in `docs/operations.md` with all of them.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from accounts.privacy import runs
from accounts.privacy.words import Ground, Subject, in_words

logger = logging.getLogger(__name__)

# A time, or the database's clock (`Now()`).
Moment = datetime | Combinable
Eraser = Callable[[], object]
# What is due at a moment: rows, or names of files, which are looked for one by one only when somebody asks for them.
Due = Callable[[datetime], QuerySet[Any] | Sequence[QuerySet[Any]] | Iterable[str]]


@dataclass(frozen=True)
class KeepingTime:
    """One kind of record: it goes by itself when `lasts` have passed `since` something.

    Where people delete it, only `since` is there and says until when. `name` is what other texts call it by. All
    words are for everybody: the privacy page shows them. `why` is what it is kept for, a sentence; `ground` is what
    the law calls that (GDPR, article 6). What lies `elsewhere` than in the database and the uploads goes there by
    itself, or as the operator set it up: nothing here erases it.
    """

    name: str
    what: str | Promise = field(hash=False)
    since: str | Promise = field(hash=False)
    lasts: timedelta | None = None
    _: KW_ONLY
    subject: Subject
    ground: Ground
    why: str | Promise = field(hash=False)
    elsewhere: bool = False

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

    @property
    def in_words(self) -> str:
        """The same as people say it, in the reader's language: `5 years`."""
        return in_words(self.span)

    @property
    def goes_by_itself(self) -> bool:
        """Whether the portal erases it."""
        return self.lasts is not None and not self.elsewhere

    def __str__(self) -> str:
        """`30 days after the event`."""
        return f"{self.in_words} {self.since}" if self.lasts else str(self.since)


class NotErasedError(Exception):
    """Some of what is due could not be erased; each failure is in the log."""


_times: dict[str, KeepingTime] = {}
_erasers: dict[str, Eraser] = {}
_due: dict[str, Due] = {}


def register(*times: KeepingTime, erase: Eraser | None = None, due: Due | None = None) -> None:
    """Called by each app for its own kinds of records; `erase` and `due` are for those that go by themselves.

    `due` says what is due at a moment; `erase` erases what it says of now and nothing else, and returns how many. It is
    called every hour, and now and then twice at once. Where much may be due, `erasing.delete` keeps what was done when
    time is up. A name is of one kind only: another would never go.
    """
    for each in times:
        if each.goes_by_itself == (erase is None) or each.goes_by_itself == (due is None):
            raise ValueError(f"{each.name} goes by itself with a span, what is due and what erases, or with none.")
        if each.name in _times and (_times[each.name], _erasers.get(each.name)) != (each, erase):
            raise ValueError(f"{each.name} is the name of something else already.")
        _times[each.name] = each
        if erase and due:
            _erasers[each.name] = erase
            _due[each.name] = due


def all_times() -> list[KeepingTime]:
    """Every kind of record that any app keeps about people."""
    return list(_times.values())


def by_subject() -> list[tuple[Subject, list[KeepingTime]]]:
    """All of them under the headings of the privacy page, in their order."""
    found = ((subject, [each for each in _times.values() if each.subject == subject]) for subject in Subject)
    return [(subject, times) for subject, times in found if times]


def of(name: str) -> KeepingTime:
    """The one of this name."""
    return _times[name]


def all_due() -> list[tuple[KeepingTime, Due]]:
    """Every kind that the portal erases, with what says what of it is due."""
    return [(_times[name], due) for name, due in _due.items()]


def erase_what_is_due() -> None:
    """Erase all kinds of records whose time is over; one that fails does not keep the others from going.

    What came of each is on record (`runs`). Raises NotErasedError in the end when any failed.
    """
    failed = []
    for erase, names in _by_eraser().items():
        try:
            runs.done(names, erase())
        except Exception as error:
            logger.exception("Could not erase: %s", ", ".join(names))
            failed.append(", ".join(names))
            _start_afresh()
            with suppress(DatabaseError):  # the log has it
                runs.failed(names, error)
    if failed:
        raise NotErasedError("; ".join(failed))


def _by_eraser() -> dict[Eraser, list[str]]:
    """What erases, each once, with the names of what it erases."""
    found: dict[Eraser, list[str]] = {}
    for name, erase in _erasers.items():
        found.setdefault(erase, []).append(name)
    return found


def _start_afresh() -> None:
    """Leave a connection that the failure may have broken, or left in the middle of something."""
    if not connection.in_atomic_block:
        connection.close()
