"""Countries and provinces as equal tiles: whatever the size of a place, it can be read and tapped. Inline SVG."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import template

from hub.search.faceted_list import Facet, FacetedList

register = template.Library()

SIDE, GAP = 40, 4
Grid = Mapping[str, tuple[int, int]]
# Column and row of each code of the vocabulary of countries, as the places lie to each other.
EUROPE: Grid = {
    "IS": (0, 0), "NO": (5, 0), "SE": (6, 0), "FI": (7, 0),
    "EE": (7, 1),
    "IE": (1, 2), "GB": (2, 2), "DK": (5, 2), "LV": (7, 2),
    "NL": (4, 3), "DE": (5, 3), "PL": (6, 3), "LT": (7, 3),
    "BE": (3, 4), "LU": (4, 4), "CZ": (5, 4), "SK": (6, 4), "UA": (8, 4),
    "FR": (3, 5), "CH": (4, 5), "LI": (5, 5), "AT": (6, 5), "HU": (7, 5), "RO": (8, 5), "MD": (9, 5),
    "PT": (1, 6), "ES": (2, 6), "IT": (4, 6), "SI": (5, 6), "HR": (6, 6), "RS": (7, 6), "BG": (8, 6),
    "BA": (6, 7), "ME": (7, 7), "MK": (8, 7), "GE": (9, 7),
    "MT": (4, 8), "AL": (7, 8), "GR": (8, 8), "TR": (9, 8),
    "CY": (9, 9),
}  # fmt: skip
BELGIUM: Grid = {
    "BE25": (0, 0), "BE23": (1, 0), "BE21": (2, 0), "BE22": (3, 0),
    "BE10": (1, 1), "BE24": (2, 1),
    "BE32": (0, 2), "BE31": (1, 2), "BE35": (2, 2), "BE33": (3, 2),
    "BE34": (3, 3),
}  # fmt: skip
# What stands in a tile where the code of the vocabulary says nothing to readers: ISO 3166-2.
SHORT: Mapping[str, str] = {
    "BE10": "BRU", "BE21": "VAN", "BE22": "VLI", "BE23": "VOV", "BE24": "VBR", "BE25": "VWV",
    "BE31": "WBR", "BE32": "WHT", "BE33": "WLG", "BE34": "WLX", "BE35": "WNA",
}  # fmt: skip
GRIDS: Mapping[str, Grid] = {"country": EUROPE, "region": BELGIUM}


@dataclass(frozen=True)
class Tile:
    """One place where it is drawn; `url` leads to what is there, or back to all where it was chosen."""

    short: str
    label: str
    words: str
    count: int
    x: int
    y: int
    url: str = ""
    selected: bool = False

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
def tile_map(listing: FacetedList[Any], name: str, title: str) -> dict[str, Any]:
    """The places of one facet of a list, `country` or `region`, with how many each would show."""
    facet = listing.facet(name)
    tiles = list(_tiles(listing, facet, GRIDS[name])) if facet else []
    columns, rows = (max(place[axis] for place in GRIDS[name].values()) + 1 for axis in (0, 1))
    # Places without anything are drawn, so that one sees where the others lie.
    return {
        "name": name,
        "title": title,
        "tiles": sorted(tiles, key=lambda tile: tile.label),
        "empty": sorted({_at(place) for place in GRIDS[name].values()} - {(tile.x, tile.y) for tile in tiles}),
        "width": columns * (SIDE + GAP) - GAP,
        "height": rows * (SIDE + GAP) - GAP,
        "side": SIDE,
    }


def _tiles(listing: FacetedList[Any], facet: Facet, grid: Grid) -> Iterable[Tile]:
    for option in facet.options:
        if option.code in grid:
            change = listing.address_without if option.selected else listing.address_with
            yield Tile(
                SHORT.get(option.code, option.code),
                option.label,
                listing.tile_words(option.label, option.count),
                option.count,
                *_at(grid[option.code]),
                url=change(facet.name, option.code),
                selected=option.selected,
            )


def _at(place: tuple[int, int]) -> tuple[int, int]:
    return place[0] * (SIDE + GAP), place[1] * (SIDE + GAP)
