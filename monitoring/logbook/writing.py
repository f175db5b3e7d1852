"""An entry of the logbook is written, and what is seen otherwise later becomes its next version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from accounts.users.models import User
from hub.dates.brussels import local
from monitoring.logbook.models import LogbookEntry, LogbookVersion

_LOCK = 7_150_157


@dataclass
class ChangedError(Exception):
    """Somebody else wrote the version that stands now."""

    version: LogbookVersion


class NoSuchDayError(Exception):
    """The day is still to come."""


@dataclass(frozen=True)
class Words:
    """What an entry says."""

    day: date
    language: str
    assumed: str
    happened: str
    changes: str
    about: Iterable[str] = ()


@transaction.atomic
def write(words: Words, *, by: User | None, entry: LogbookEntry | None = None, was: int = 0) -> LogbookVersion:
    """A new entry, or the next version of one upon the version with the number `was`. Sent twice it is written once.

    Raises ChangedError where another version came meanwhile, NoSuchDayError for a day to come.
    """
    if words.day > local(timezone.now()).date():
        raise NoSuchDayError
    if entry is None:
        _alone()
        said = _columns(words)
        if known := LogbookVersion.objects.filter(number=1, by=by, **said).first():
            return known
        entry = LogbookEntry.objects.create()
        return LogbookVersion.objects.create(entry=entry, number=1, by=by, **said)
    held = LogbookEntry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    last = held.versions.order_by("-number").first()
    assert last is not None  # noqa: S101 - an entry is made with its first version
    if all(getattr(last, name) == value for name, value in _columns(words).items()):
        return last
    if last.number != was:
        raise ChangedError(last)
    return LogbookVersion.objects.create(entry=held, number=was + 1, by=by, **_columns(words))


def _columns(words: Words) -> dict[str, object]:
    texts = {name: _plain(getattr(words, name)) for name in ("assumed", "happened", "changes")}
    return {"day": words.day, "language": words.language, "about": sorted(set(words.about)), **texts}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _alone() -> None:
    """So that an entry that is sent twice at the same moment is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
