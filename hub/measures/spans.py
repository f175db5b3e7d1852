"""The days that a figure is about: whole days in Brussels, both ends among them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hub.dates.brussels import BRUSSELS


@dataclass(frozen=True)
class Span:
    """From one day to another; without a first day, all that was until the last.

    Raises ValueError for one that ends before it starts.
    """

    until: date
    since: date | None = None

    def __post_init__(self) -> None:
        if self.since and self.since > self.until:
            raise ValueError(f"{self.since} is after {self.until}.")

    @property
    def start(self) -> datetime | None:
        """The first moment."""
        return _midnight(self.since) if self.since else None

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return _midnight(self.until + timedelta(days=1))

    def within(self, field: str) -> dict[str, datetime]:
        """Conditions of a query: this moment lies within."""
        before = {f"{field}__lt": self.end}
        return before | ({f"{field}__gte": self.start} if self.start else {})

    def days_within(self, field: str) -> dict[str, date]:
        """The same for a field that holds a day."""
        before = {f"{field}__lte": self.until}
        return before | ({f"{field}__gte": self.since} if self.since else {})


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=BRUSSELS).astimezone(UTC)
