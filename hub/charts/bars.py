"""Parts of a figure as bars below each other, each with its words above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

Row = TypeVar("Row")
# The drawing in its own units: a phone shows about as many.
WIDTH, STEP = 340, 38
_WIDEST, _NARROWEST = 270, 2
# More than these make no picture: then the largest are drawn, and the table has all.
MOST = 12
_LONGEST = 44


@dataclass(frozen=True)
class Bar(Generic[Row]):
    """One part; `top` is where it begins, `end` where its number stands."""

    row: Row
    label: str
    top: int
    width: int

    @property
    def end(self) -> int:
        return self.width + 6


@dataclass(frozen=True)
class Bars(Generic[Row]):
    """The drawing, and whether some parts are in the table alone."""

    bars: list[Bar[Row]]
    is_cut: bool
    width: int = WIDTH

    @property
    def height(self) -> int:
        return STEP * len(self.bars)


def bars(parts: Sequence[tuple[str, Decimal, Row]]) -> Bars[Row]:
    """Draws them in their order, or the largest of many."""
    is_cut = len(parts) > MOST
    drawn = sorted(parts, key=lambda part: -part[1])[:MOST] if is_cut else list(parts)
    most = max((abs(amount) for _label, amount, _row in drawn), default=Decimal(0))
    return Bars(
        [
            Bar(row, _short(label), place * STEP, _width(amount, most))
            for place, (label, amount, row) in enumerate(drawn)
        ],
        is_cut,
    )


def _width(amount: Decimal, most: Decimal) -> int:
    if not amount or not most:
        return 0
    return max(_NARROWEST, round(_WIDEST * float(abs(amount) / most)))


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1].rstrip()}…"
