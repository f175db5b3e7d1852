"""Countries and provinces as equal tiles: whatever the size of a place, it can be read and tapped. Inline SVG."""

from dataclasses import dataclass
from typing import Any

from django import template

from hub.search.places import GRIDS, SHORT, Grid, HasPlaces, Place

register = template.Library()

SIDE, GAP = 40, 4
# As many shades as there are; where nothing is, a tile has none.
STEPS = 5


@dataclass(frozen=True)
class Tile:
    """A place where it is drawn, in the shade of its number; without a place there is nothing to go to."""

    short: str
    x: int
    y: int
    place: Place | None = None
    step: int = 0

    @property
    def middle(self) -> int:
        return self.x + SIDE // 2

    @property
    def upper(self) -> int:
        """The line of its code."""
        return self.y + 18

    @property
    def lower(self) -> int:
        """The line of its number."""
        return self.y + 33


@register.inclusion_tag("components/tile_map.html")
def tile_map(found: HasPlaces, name: str, title: str) -> dict[str, Any]:
    """The places of one facet of a list, `country` or `region`, with how many each would show."""
    grid = GRIDS[name]
    places = sorted((place for place in found.places(name) if place.code in grid), key=lambda place: place.label)
    # A few are few, even where nobody has more.
    most = max([STEPS, *(place.count for place in places)])
    columns, rows = (max(at[axis] for at in grid.values()) + 1 for axis in (0, 1))
    return {
        "name": name,
        "title": title,
        "tiles": [_tile(grid, place.code, place, max(1, -(-STEPS * place.count // most))) for place in places],
        # Places without anything are drawn, so that one sees where the others lie.
        "empty": [_tile(grid, code) for code in grid if code not in {place.code for place in places}],
        "width": columns * (SIDE + GAP) - GAP,
        "height": rows * (SIDE + GAP) - GAP,
        "side": SIDE,
    }


def _tile(grid: Grid, code: str, place: Place | None = None, step: int = 0) -> Tile:
    column, row = grid[code]
    return Tile(SHORT.get(code, code), column * (SIDE + GAP), row * (SIDE + GAP), place, step)
