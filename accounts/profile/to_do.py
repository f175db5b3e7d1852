"""What somebody has to do next, on top of "my page": each app that waits for a person says so here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.users.models import User

# So many stand on the page, the most urgent first. Who gives fewer than all leaves none away that is more urgent.
SHOWN = 8
NEAR = timedelta(days=7)


@dataclass(frozen=True)
class Task:
    """One thing to do: what, where, and by when, if it ends."""

    text: str
    url: str
    due_at: datetime | None = None
    # A mere day lasts to its last minute.
    has_time: bool = True
    # What it is about, in a few words.
    about: str = ""

    @property
    def is_near(self) -> bool:
        """Whether it ends within a week, or did: only that is marked as urgent."""
        return self.due_at is not None and self.due_at - timezone.now() <= NEAR


Provider = Callable[[User, str], Iterable[Task]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """`provider(user, language)` gives what waits for this person, in the words of that language.

    All of it, in few queries however much it is: what is most urgent shows only among all.
    """
    if provider not in _providers:
        _providers.append(provider)


def tasks(user: User, language: str) -> list[Task]:
    """The most urgent first; what has no end comes after all that has one."""
    found = [task for provider in _providers for task in provider(user, language)]
    found.sort(key=lambda task: (task.due_at is None, task.due_at.timestamp() if task.due_at else 0.0))
    return found[:SHOWN]
