"""The programme as a visitor reads it: by time, with what happens at the same time together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from events.programme.models import ProgrammeItem
from hub.dates import brussels


@dataclass(frozen=True)
class Slot:
    """Items of which each overlaps another, or one alone; in the order of their start."""

    items: list[ProgrammeItem]

    @property
    def is_parallel(self) -> bool:
        return len(self.items) > 1


@dataclass(frozen=True)
class Day:
    """What happens on one day in Brussels."""

    day: date
    slots: list[Slot]


def days(items: Iterable[ProgrammeItem]) -> list[Day]:
    """The programme in order of time."""
    found: list[Day] = []
    for item in sorted(items, key=lambda each: (each.starts_at, each.room.casefold(), each.ends_at, each.pk)):
        day = brussels.local(item.starts_at).date()
        if not found or found[-1].day != day:
            found.append(Day(day, []))
        slots = found[-1].slots
        if slots and item.starts_at < max(each.ends_at for each in slots[-1].items):
            slots[-1].items.append(item)
        else:
            slots.append(Slot([item]))
    return found
