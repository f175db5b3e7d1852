"""What is lost when something that people rely on is deleted, unpublished or moved: each app says it for its models.

Staff see it before they confirm, whichever way of the admin they take, and what cannot be undone for others is refused.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from wagtail.models import Page


class Act(Enum):
    """What is about to happen."""

    DELETE = auto()
    UNPUBLISH = auto()
    MOVE = auto()


@dataclass(frozen=True)
class Consequence:
    """What goes with a thing, a sentence each; with a `refusal` it stays, and that sentence says why."""

    name: str
    lost: list[str] = field(default_factory=list)
    refusal: str = ""


# Gets all the things of one kind that go at the same time, and what happens to them; says for each what goes with it.
Teller = Callable[[Sequence[Any], Act], list[Consequence]]

_tellers: dict[type[models.Model], Teller] = {}


def register(*kinds: type[models.Model], teller: Teller) -> None:
    """Say what is lost with things of these kinds; apps call this once, when they are ready."""
    for kind in kinds:
        _tellers[kind] = teller


def is_known(kind: type[models.Model]) -> bool:
    """Whether somebody says what is lost with things of this kind."""
    return kind in _tellers


def of(things: Iterable[models.Model], act: Act, *, with_what_is_below: bool = True) -> list[Consequence]:
    """What goes with these things, and with the pages below them; nothing is said of drafts that nobody saw."""
    going = _going(list(things), with_what_is_below=with_what_is_below)
    by_kind: dict[type[models.Model], list[models.Model]] = {}
    for thing in going:
        by_kind.setdefault(type(thing), []).append(thing)
    told: dict[models.Model, Consequence] = {}
    for kind, those in by_kind.items():
        if is_known(kind):
            told.update(zip(those, _tellers[kind](those, act), strict=True))
    return [told[each] for each in going if each in told and (told[each].lost or told[each].refusal)]


def refusal(things: Iterable[models.Model], act: Act, *, with_what_is_below: bool = True) -> str:
    """Why these things stay; empty when they may go."""
    found = of(things, act, with_what_is_below=with_what_is_below)
    return next((each.refusal for each in found if each.refusal), "")


def _going(things: Sequence[models.Model], *, with_what_is_below: bool) -> list[models.Model]:
    pages = _pages([each for each in things if isinstance(each, Page)], with_what_is_below=with_what_is_below)
    found: list[models.Model] = []
    for thing in things:
        found += [each for each in pages if each.path.startswith(thing.path)] if isinstance(thing, Page) else [thing]
    return list(dict.fromkeys(found))


def _pages(tops: Sequence[Page], *, with_what_is_below: bool) -> list[Page]:
    if not tops:
        return []
    wanted = models.Q(pk__in=[top.pk for top in tops])
    if with_what_is_below:
        wanted = reduce(or_, (models.Q(path__startswith=top.path) for top in tops))
    return [each for each in Page.objects.filter(wanted).order_by("path").specific() if was_public(each)]


def was_public(page: Page) -> bool:
    """Whether people can read this page, or once could."""
    return bool(page.live or page.first_published_at)


def numbers(rows: models.QuerySet[Any], *, by: str) -> Counter[Any]:
    """How many of these rows there are for each value of a field, in one query; 0 for a value that none has."""
    return Counter(dict(rows.order_by().values_list(by).annotate(number=models.Count("pk"))))
