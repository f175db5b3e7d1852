"""How long each kind of record is kept: said once, read by the task that erases it, by forms, pages and docs.

An app makes a `KeepingTime` beside the code that erases, and registers it in `AppConfig.ready`. The table in
`docs/operations.md` and the schedule of the tasks are compared with all of them by `tests/nccsi/test_keeping.py`.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings


@dataclass(frozen=True)
class KeepingTime:
    """One kind of record: it goes when `lasts` have passed `since` something, by the periodic `task`.

    Where people delete it, only `since` is there and says until when. `name` is what other texts call it by.
    """

    name: str
    what: str
    since: str
    lasts: timedelta | None = None
    task: str = ""

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


_times: dict[str, KeepingTime] = {}


def register(*times: KeepingTime) -> None:
    """Called by each app for its own kinds of records."""
    _times.update({each.name: each for each in times})


def all_times() -> list[KeepingTime]:
    """Every kind of record that any app keeps about people."""
    return list(_times.values())


def of(name: str) -> KeepingTime:
    """The one of this name."""
    return _times[name]


ACCOUNTS = KeepingTime("accounts", "people who sign in", "until deleted by an administrator")
UNPROVED_ACCOUNTS = KeepingTime(
    "unproved_accounts",
    "accounts whose address nobody proved",
    "after signing up",
    timedelta(days=1),
    "accounts.tasks.forget_unproved_accounts",
)
SESSIONS = KeepingTime(
    "sessions",
    "sessions: who is signed in, which practices a visitor keeps",
    "after the last change",
    timedelta(seconds=settings.SESSION_COOKIE_AGE),
    "accounts.tasks.forget_sessions",
)
