"""The periods that the tracker offers to look back on: only those in which something moved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from practices.mainstreaming.models import StageMove

YEARS = (1, 5, 10)


@dataclass(frozen=True)
class Period:
    """What it is called, its two days, and the tracker between them."""

    label: str
    since: date
    until: date
    is_shown: bool = False

    def url(self, hooks: str) -> str:
        """The tracker with this period, and with the policy hooks that were asked for."""
        asked = {"since": self.since.isoformat(), "until": self.until.isoformat()} | ({"hooks": hooks} if hooks else {})
        return f"{reverse('practices:tracker')}?{urlencode(asked)}#flows"


def begin(until: date) -> date:
    """The first day of the shortest period until this day in which something moved; of a year when nothing did."""
    first, last = _ends(until)
    return next(_since(until, first, last), (0, years_before(until, 1)))[1]


def offered(until: date, *, since: date) -> list[Period]:
    """The shortest first, up to the first move that is known; none where there is nothing to choose."""
    found = [
        Period(_label(years), start, until, is_shown=start == since) for years, start in _since(until, *_ends(until))
    ]
    return found if len(found) > 1 else []


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year, as far as the calendar goes back."""
    year = max(day.year - years, date.min.year)
    return day.replace(year=year, day=min(day.day, 28 if day.month == 2 else day.day))


def _since(until: date, first: date | None, last: date | None) -> Iterator[tuple[int, date]]:
    """The first days of periods that hold a move, each with its years; the last has all that is known."""
    if first is None or last is None:
        return
    for years in YEARS:
        start = years_before(until, years)
        if start < last:
            yield years, start
        if start < first:
            return
    # What moved on the first day of a period came before it.
    yield 0, max(first, date.min + timedelta(days=1)) - timedelta(days=1)


def _ends(until: date) -> tuple[date | None, date | None]:
    """The days of the first move and of the last one until this day: two looks into an index, in one statement."""
    found = StageMove.objects.counting().filter(practice__live=True, on__lte=until)
    first, last = found.order_by("on", "place").values("on")[:1], found.latest_first().values("on")[:1]
    days = [row["on"] for row in first.union(last, all=True)]
    return min(days, default=None), max(days, default=None)


def _label(years: int) -> str:
    if not years:
        return gettext("Since the first known move")
    return ngettext("The last year", "The last %(years)d years", years) % {"years": years}
