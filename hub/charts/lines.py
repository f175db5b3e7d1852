"""A figure through time as a line with a mark for each day."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from hub.charts.scales import ends

Point = TypeVar("Point")
# The drawing in its own units: a phone shows about as many.
WIDTH, HEIGHT = 340, 190
_TOP, _BOTTOM, _LEFT, _RIGHT = 18, 26, 2, 8
# So many marks at most, so that a finger meets one of them on the smallest phone.
MOST = 11


@dataclass(frozen=True)
class Mark(Generic[Point]):
    """Where one figure is; `left` and `width` are the part of the drawing that a finger or pointer means it with."""

    point: Point
    x: int
    y: int
    left: int
    width: int


@dataclass(frozen=True)
class Tick:
    """A line across with its number."""

    y: int
    figure: Decimal


@dataclass(frozen=True)
class Line(Generic[Point]):
    """Marks, the lines between those that follow each other, and what they are measured by."""

    marks: list[Mark[Point]]
    strokes: list[str]
    ticks: list[Tick]
    target: int | None = None
    left: int = _LEFT
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def right(self) -> int:
        return self.width - _RIGHT

    @property
    def floor(self) -> int:
        """Where the dates begin."""
        return self.height - _BOTTOM


def line(
    points: Sequence[tuple[int, Decimal, Point]],
    *,
    places: int,
    target: Decimal | None = None,
    height: int = HEIGHT,
) -> Line[Point]:
    """Draws figures by their places from 0; where a place has none, the line is broken."""
    figures = [figure for _place, figure, _point in points]
    lower, upper = ends([*figures, *([] if target is None else [target])])
    step = (WIDTH - _LEFT - _RIGHT) / max(places, 1)

    def level(figure: Decimal) -> int:
        return round(_TOP + float((upper - figure) / (upper - lower)) * (height - _TOP - _BOTTOM))

    marks = [
        Mark(point, round(_LEFT + (place + 0.5) * step), level(figure), round(_LEFT + place * step), round(step))
        for place, figure, point in points
    ]
    middle = (lower + upper) / 2
    ticks = [Tick(level(figure), figure) for figure in (lower, middle, upper)]
    strokes = _strokes([place for place, _figure, _point in points], marks)
    return Line(marks, strokes, ticks, None if target is None else level(target), height=height)


def _strokes(places: list[int], marks: Sequence[Mark[Point]]) -> list[str]:
    """Runs of marks whose places follow each other, as the points of a polyline."""
    runs: list[list[str]] = []
    before = None
    for place, mark in zip(places, marks, strict=True):
        if before is None or place != before + 1:
            runs.append([])
        runs[-1].append(f"{mark.x},{mark.y}")
        before = place
    return [" ".join(run) for run in runs if len(run) > 1]
