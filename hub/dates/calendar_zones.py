"""Says in a calendar file when the clocks of a time zone change, in the form that every calendar program reads.

RFC 5545, 3.6.5: each change starts at the time that clocks show before it, and a rule names all that follow. Outlook
reads the rules and passes over lists of dates, so lists are not used.
"""

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

# In so many years a last Sunday is a fourth one in some and a fifth in others.
LOOK_AHEAD = 14
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Change:
    """Clocks go from one offset to another."""

    moment: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool

    @property
    def wall(self) -> datetime:
        """What clocks show when it happens: in the offset before it."""
        return self.moment.replace(tzinfo=None) + self.before

    @property
    def kind(self) -> tuple[object, ...]:
        """Changes of one kind may follow one rule."""
        return (
            self.before,
            self.after,
            self.name,
            self.is_summer,
            self.wall.month,
            self.wall.weekday(),
            self.wall.time(),
        )


@lru_cache(maxsize=64)
def definition(key: str, *, since: int) -> bytes:
    """The VTIMEZONE of a zone of the IANA database, right from the year `since` on."""
    zone = ZoneInfo(key)
    component = Timezone()
    component.add("tzid", key)
    changes = _changes(zone, since - 1, since + LOOK_AHEAD)
    if not changes:
        start = datetime(since - 1, 1, 1)  # noqa: DTZ001  # a wall clock's time, as the format wants it
        offset = start.replace(tzinfo=zone).utcoffset() or timedelta()
        name = start.replace(tzinfo=zone).tzname() or key
        changes = [Change(start.replace(tzinfo=UTC) - offset, offset, offset, name, is_summer=False)]
    ordered = sorted(changes, key=lambda change: str(change.kind))
    for _kind, alike in groupby(ordered, key=lambda change: change.kind):
        for first, rule in _ruled(list(alike), until=since + LOOK_AHEAD):
            component.add_component(_observance(first, rule))
    return component.to_ical()


def _ruled(alike: list[Change], *, until: int) -> list[tuple[Change, vRecur | None]]:
    """The first of them with the rule for all; where there is no rule, or it ends, each by itself."""
    alike.sort(key=lambda change: change.moment)
    years = [change.wall.year for change in alike]
    ordinals = {(change.wall.day - 1) // 7 + 1 for change in alike}
    is_last = all(_days(change.wall) - change.wall.day < 7 for change in alike)
    if years != list(range(years[0], until)) or (len(ordinals) > 1 and not is_last) or len(years) < 2:
        return [(change, None) for change in alike]
    nth = -1 if is_last else ordinals.pop()
    first = alike[0]
    day = f"{nth}{_WEEKDAYS[first.wall.weekday()]}"
    return [(first, vRecur({"freq": "yearly", "bymonth": first.wall.month, "byday": day}))]


def _days(wall: datetime) -> int:
    return calendar.monthrange(wall.year, wall.month)[1]


def _observance(first: Change, rule: vRecur | None) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if first.is_summer else TimezoneStandard()
    part.add("dtstart", first.wall)
    part.add("tzoffsetfrom", first.before)
    part.add("tzoffsetto", first.after)
    part.add("tzname", first.name)
    if rule:
        part.add("rrule", rule)
    return part


def _changes(zone: ZoneInfo, first_year: int, end_year: int) -> list[Change]:
    """Every change of the clocks from the one year on and before the other begins."""
    day, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(end_year, 1, 1, tzinfo=UTC)
    found = []
    while day < end:
        next_day = day + timedelta(days=1)
        if _offset(zone, day) != _offset(zone, next_day):
            found.append(_change(zone, day, next_day))
        day = next_day
    return found


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> Change:
    """The one that happens after `low` and not after `high`, to the second."""
    before = _offset(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    there = high.astimezone(zone)
    return Change(high, before, _offset(zone, high), there.tzname() or str(zone), bool(there.dst()))


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
