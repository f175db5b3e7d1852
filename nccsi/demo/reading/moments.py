"""Moments in Brussels, and the year of the call's next round."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

BRUSSELS = ZoneInfo("Europe/Brussels")
DECLARE_BY = (10, 14, time(23, 59))


def at(year: int, month: int, day: int, hour: time = time(0, 0)) -> datetime:
    """A moment by the clocks of Brussels."""
    return datetime.combine(date(year, month, day), hour, tzinfo=BRUSSELS)


def told(moment: datetime) -> datetime:
    """A moment as a file tells it, by the clocks of Brussels."""
    return moment.replace(tzinfo=BRUSSELS)


def next_round(now: datetime | None = None) -> int:
    """The year in which the last moment to declare a partnership is still ahead."""
    now = (now or timezone.now()).astimezone(BRUSSELS)
    month, day, hour = DECLARE_BY
    return now.year if now < at(now.year, month, day, hour) else now.year + 1
