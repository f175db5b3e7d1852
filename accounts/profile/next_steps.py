"""What somebody can do after they sent or confirmed something: each app offers what fits, so that no page is an end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext

from accounts.users.models import User

# A short list: what comes first is offered first.
SHOWN = 6


class Deed(StrEnum):
    """What was just done."""

    INTEREST = "interest"
    FOLLOW = "follow"
    SEAT = "seat"
    PRACTICE = "practice"


@dataclass(frozen=True)
class Done:
    """What somebody just did, and what it was about, in the keys under which things are followed (`call:12`).

    `user` is None for a visitor of whom nothing is known.
    """

    deed: Deed
    about: tuple[str, ...]
    user: User | None
    language: str

    def keys(self, prefix: str) -> list[int]:
        """The numbers of the things of this kind that it was about."""
        parts = (each.partition(":") for each in self.about)
        return [int(key) for kind, _colon, key in parts if kind == prefix and key.isascii() and key.isdecimal()]


@dataclass(frozen=True)
class Step:
    """One thing to do next: in words, where, and what or when it is about."""

    text: str
    url: str
    about: str = ""


Provider = Callable[[Done], Iterable[Step]]

_providers: list[tuple[int, Provider]] = []


def register(provider: Provider, *, position: int) -> None:
    """`provider(done)` gives what is open to this reader now: nothing that is over, closed, or done already."""
    if (position, provider) not in _providers:
        _providers.append((position, provider))


def after(done: Done, *own: Step) -> list[Step]:
    """What is offered, in order; `own` are the page's own ways on, and who is signed in ends with their page."""
    ordered = sorted(_providers, key=lambda entry: entry[0])
    offered = [step for _position, provider in ordered for step in provider(done)][:SHOWN]
    mine = [Step(gettext("My page"), reverse("accounts:my_page"))] if done.user else []
    return [*offered, *own, *mine]
