"""The same thing counted in several years, such as before and after, as one bar for each year."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from hub.charts.bars import MOST, Bars, bars

Row = TypeVar("Row")
# Longer ones find no room behind the longest bar.
_LONGEST_BESIDE = 10


@dataclass(frozen=True)
class Counted(Generic[Row]):
    """A figure: `what` is equal where the same is counted in the same unit; without year or amount it has no course."""

    row: Row
    what: Hashable
    year: int | None
    amount: Decimal | None
    said: str

    @property
    def beside(self) -> str:
        """What stands behind its bar."""
        return self.said if len(self.said) <= _LONGEST_BESIDE else ""

    @property
    def above(self) -> str:
        """What stands above it."""
        return str(self.year) if self.beside else f"{self.year} · {self.said}"


@dataclass(frozen=True)
class Course(Generic[Row]):
    """Figures of the same from the earliest to the latest year."""

    figures: list[Counted[Row]]
    drawing: Bars[Counted[Row]]

    @property
    def first(self) -> Row:
        """The earliest; it says what is counted."""
        return self.figures[0].row

    @property
    def words(self) -> str:
        """For who does not see the drawing."""
        return ", ".join(f"{figure.said} ({figure.year})" for figure in self.figures)


def courses(figures: Iterable[Counted[Row]]) -> list[Course[Row]]:
    """Those of which each year has one figure, and none is below zero: bars tell nothing else."""
    found: dict[Hashable, list[Counted[Row]]] = defaultdict(list)
    for figure in figures:
        found[figure.what].append(figure)
    return [_course(each) for each in found.values() if _compares(each)]


def _compares(figures: list[Counted[Row]]) -> bool:
    years = {figure.year for figure in figures}
    whole = all(figure.year and figure.amount is not None and figure.amount >= 0 for figure in figures)
    return whole and 1 < len(years) == len(figures) <= MOST


def _course(figures: list[Counted[Row]]) -> Course[Row]:
    ordered = sorted(figures, key=lambda figure: figure.year or 0)
    return Course(ordered, bars([(each.above, each.amount or Decimal(0), each) for each in ordered]))
