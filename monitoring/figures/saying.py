"""A figure as people read it: in words, with what it is made of; hidden where it would tell of somebody."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from hub.measures import small_numbers
from hub.measures.counting import Value
from hub.measures.registry import Measure
from monitoring.figures import links
from monitoring.figures.asking import Asked
from monitoring.figures.rules import Reader
from monitoring.indicators.models import Indicator
from monitoring.snapshots import words
from monitoring.snapshots.models import Snapshot
from monitoring.snapshots.words import NOTHING


@dataclass(frozen=True)
class Figure:
    """What is shown: `said` in words, `amount` to draw and compare where there is one that may be shown.

    `number` and `whole` are the records that `url` and `whole_url` open.
    """

    said: str
    amount: Decimal | None = None
    number: int | None = None
    whole: int | None = None
    url: str = ""
    whole_url: str = ""
    is_hidden: bool = False
    is_median: bool = False

    @property
    def is_share(self) -> bool:
        """Whether it says its unit itself."""
        return self.whole is not None

    @property
    def written_number(self) -> str:
        return "" if self.number is None else words.number(self.number)

    @property
    def written_whole(self) -> str:
        return "" if self.whole is None else words.number(self.whole)


def few() -> str:
    """Said instead of a small number."""
    return gettext("fewer than %(number)d") % {"number": small_numbers.FEWEST}


def amount_of(measure: Measure, value: Value) -> Decimal | None:
    """What is drawn: the median, the share in per cent, or the number; of nothing there is neither median nor share."""
    if measure.middle:
        return value.middle
    return value.percent if measure.whole else Decimal(value.number)


def is_hidden(measure: Measure | None, value: Value) -> bool:
    """Whether so few people are in it that nobody is told; of a share, also where all but so few are."""
    if measure is None or not measure.people:
        return False
    others = Value(value.whole - value.number) if value.whole is not None else Value(0)
    return small_numbers.is_hidden(value) or small_numbers.is_hidden(others)


def tells_of_few(indicator: Indicator, snapshot: Snapshot) -> bool:
    """The same of what was kept, or entered by hand about people."""
    if indicator.is_counted:
        return snapshot.value is not None and is_hidden(indicator.measure, snapshot.value)
    return indicator.is_about_people and small_numbers.is_hidden(people(snapshot))


def people(snapshot: Snapshot) -> Value:
    """How many were entered by hand."""
    return Value(int(snapshot.amount or 0))


def is_share(measure: Measure | None) -> bool:
    """Whether its figures are per cent."""
    return bool(measure and measure.whole)


def of(
    reader: Reader, indicator: Indicator, measure: Measure, value: Value, asked: Asked, *, hide: bool = False
) -> Figure:
    """A counted figure, with the way to its records; `hide` where others would tell it."""
    if hide or is_hidden(measure, value):
        return Figure(few(), is_hidden=True)
    amount = amount_of(measure, value)
    address = links.records(reader, indicator, measure, asked) if value.number else ""
    whole_url = ""
    if value.whole:
        whole = Asked(asked.span, asked.breakdown, asked.key, of_whole=True)
        whole_url = links.records(reader, indicator, measure, whole)
    said = words.number(amount, percent=bool(measure.whole))
    return Figure(said, amount, value.number, value.whole, address, whole_url, is_median=bool(measure.middle))


def kept(indicator: Indicator, snapshot: Snapshot, *, url: str = "", hide: bool = False) -> Figure:
    """A figure as it was kept on a day, or entered by hand; `hide` where others would tell it."""
    measure, amount = indicator.measure, snapshot.figure
    if hide or tells_of_few(indicator, snapshot):
        return Figure(few(), is_hidden=True)
    if amount is None:
        return Figure(NOTHING)
    said = words.number(amount, percent=snapshot.whole is not None)
    return Figure(said, amount, snapshot.number, snapshot.whole, url, is_median=bool(measure and measure.middle))


def distance(indicator: Indicator, amount: Decimal, target: Decimal, *, share: bool) -> str:
    """How far it is from a target, in words."""
    gap = amount - target
    if gap * indicator.better > 0 or not gap:
        return gettext("reached")
    said = _points(abs(gap)) if share else words.number(abs(gap))
    return (gettext("%(number)s below it") if gap < 0 else gettext("%(number)s above it")) % {"number": said}


def difference(amount: Decimal, other: Decimal, *, share: bool) -> str:
    """How much more or less it is than another, in words."""
    gap = amount - other
    if not gap:
        return gettext("the same")
    say: Callable[[Decimal], str] = _points if share else words.number
    said = gettext("%(number)s more") if gap > 0 else gettext("%(number)s less")
    return said % {"number": say(abs(gap))}


def _points(gap: Decimal) -> str:
    said = ngettext("%(number)s percentage point", "%(number)s percentage points", 1 if gap == 1 else 2)
    return said % {"number": words.number(gap)}
