"""One month of the agenda, as a table of weeks and as a list of days; days are those in Brussels."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from events.agenda.models import Event
from events.agenda.pages import EventPage, with_pages
from events.agenda.querysets import EventQuerySet
from hub.dates import brussels

# So many are shown of a month; no agenda has as many, and an address cannot ask for more.
MOST = 200


@dataclass(frozen=True)
class Day:
    """One day with what takes place on it; `is_outside` of the month."""

    day: date
    pages: list[EventPage]
    is_outside: bool
    is_today: bool


@dataclass(frozen=True)
class Month:
    """A month; `number` counts its events, each once."""

    first: date
    weeks: list[list[Day]]
    number: int

    @property
    def code(self) -> str:
        """As an address carries it."""
        return f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        """Its name and year in the reader's language."""
        return date_format(self.first, "F Y")

    @property
    def earlier(self) -> str:
        """The month before."""
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def later(self) -> str:
        """The month after."""
        return f"{_next(self.first):%Y-%m}"

    @property
    def weekdays(self) -> list[tuple[str, str]]:
        """The days of a week from Monday on, short and whole."""
        return [(date_format(day.day, "D"), date_format(day.day, "l")) for day in self.weeks[0]]

    @property
    def days(self) -> list[Day]:
        """Those of the month on which something takes place."""
        return [day for week in self.weeks for day in week if day.pages and not day.is_outside]


def month_of(first: date, events: EventQuerySet[Event], language: str) -> Month:
    """The month that begins on this day, with the words of those of the events that take place in it."""
    start, end = (datetime.combine(day, time(), brussels.BRUSSELS) for day in (first, _next(first)))
    during = events.filter(starts_at__lt=end, ends_at__gt=start)
    found = with_pages(during.order_by("starts_at", "pk")[:MOST], language)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return Month(first, [[_day(day, first, found) for day in week] for week in weeks], len(found))


def _day(day: date, first: date, pages: list[EventPage]) -> Day:
    is_outside = day.month != first.month
    return Day(day, [] if is_outside else _on(day, pages), is_outside, is_today=day == timezone.localdate())


def _on(day: date, pages: list[EventPage]) -> list[EventPage]:
    """An event that ends at midnight does not take place on the day that begins then."""
    last = timedelta(microseconds=1)
    return [
        page
        for page in pages
        if (event := page.event)
        and brussels.local(event.starts_at).date() <= day <= brussels.local(event.ends_at - last).date()
    ]


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
