"""What the apps count of their records: each says it once, and everything that shows a figure reads it here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.measures.spans import Span

Words = str | Promise
Rows = QuerySet[Any]


class Area(models.TextChoices):
    """What a figure gives account of."""

    REACH = "reach", _("Reach")
    QUALITY = "quality", _("Quality")
    COLLABORATION = "collaboration", _("Collaboration")
    MAINSTREAMING = "mainstreaming", _("Mainstreaming")
    LEARNING = "learning", _("Learning")
    SERVICE = "service", _("Service")


class Kind(Enum):
    """Whether records stand on a day, or happened within days."""

    STANDING = "standing"
    HAPPENED = "happened"


@dataclass(frozen=True)
class Listed:
    """One record as a list shows it; `url` leads to it, where whoever reads the list may see it."""

    words: str
    url: str = ""
    note: str = ""


def _all_of_it(rows: Rows) -> Rows:
    return rows


@dataclass(frozen=True)
class Breakdown:
    """By what records are told apart: `path` is what a query calls it.

    `names` gives, in the language of whoever reads, what each key is called, in the order in which they are shown; a
    record without one is "not known". With `several` one record can have more than one key: the parts then add up to
    more than the whole, and nobody adds them. Where several vocabularies share the relation that `path` leads through,
    `vocabulary` is the one that is meant.
    """

    code: str
    label: Words
    path: str
    names: Callable[[], Mapping[str, str]]
    several: bool = False
    vocabulary: str = ""


@dataclass(frozen=True)
class Measure:
    """One thing that can be counted.

    `records` gives those that count, each once, whatever it joins; of STANDING ones those that stood at the end of the
    span, of HAPPENED ones those of its days. `whole`, where the figure is a share, gives those of which they are part.
    `middle` names a number on each record (an annotation of `records`) where the figure is the median of it. `listed`
    is how one record is shown, `fetched` adds what it reads, and `is_open` says that everybody may see the records.
    `anew` says that a day long past is still counted rightly; `people` that each record is a person, so that fewer
    than five are not shown. Raises ValueError for a median by what one record can have several of.
    """

    code: str
    area: Area
    name: Words
    definition: Words
    unit: Words
    kind: Kind
    records: Callable[[Span], Rows]
    listed: Callable[[Any], Listed]
    fetched: Callable[[Rows], Rows] = _all_of_it
    breakdowns: tuple[Breakdown, ...] = field(default=())
    whole: Callable[[Span], Rows] | None = None
    middle: str = ""
    anew: bool = False
    people: bool = False
    is_open: bool = False
    # Whether more of it is better, worse, or neither.
    better: int = 1

    def __post_init__(self) -> None:
        if self.middle and any(each.several for each in self.breakdowns):
            raise ValueError(f"{self.code}: one record would count in several medians.")

    def breakdown(self, code: str) -> Breakdown:
        """The one of this code. Raises KeyError where there is none."""
        for each in self.breakdowns:
            if each.code == code:
                return each
        raise KeyError(code)


_measures: dict[str, Measure] = {}


def register(*measures: Measure) -> None:
    """Called by each app, once, for what it counts. Raises ValueError for a code that is taken."""
    for each in measures:
        if _measures.get(each.code, each) is not each:
            raise ValueError(f"{each.code} is the code of another measure.")
        _measures[each.code] = each


def all_measures() -> list[Measure]:
    """What any app counts, by area and in the order of the apps."""
    areas = list(Area)
    return sorted(_measures.values(), key=lambda each: areas.index(each.area))


def of(code: str) -> Measure | None:
    """The one of this code, if some app still counts it."""
    return _measures.get(code)
