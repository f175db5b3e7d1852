"""Places on maps of equal tiles: where each stands, and what a list says of it.

Both maps are schematic: every place is one tile, next to the tiles of those that it borders on as far as a grid allows.
Europe is laid out in the usual order of such tile maps, as the portal's sketches have it; Liechtenstein, Moldova and
Georgia, which these leave out, stand in gaps beside neighbours. The Belgian provinces and Brussels lie in three rows
from west to east: along the north, around Brussels, and in the south.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

# Column and row by code of the vocabulary.
Grid = Mapping[str, tuple[int, int]]


def lies_open(*, page: int, is_narrowed: bool, by_place: bool) -> bool:
    """Whether maps are simply there: on arrival, and while one chooses on them; else they push the results away."""
    return page == 1 and (by_place or not is_narrowed)


@dataclass(frozen=True)
class Place:
    """A country or region of a list: how many choosing it would show, in a number and in words, and where that is.

    Of one that is `selected`, `url` takes the choice back.
    """

    code: str
    label: str
    count: int
    words: str
    url: str
    selected: bool = False


class HasPlaces(Protocol):
    """A list that can be drawn on a map."""

    def places(self, name: str) -> Iterable[Place]:
        """Those of its facet `country` or `region` that lead somewhere."""


def _grid(rows: str) -> Grid:
    """From rows as people read them; a dot is empty."""
    lines = (line.split() for line in rows.strip().splitlines())
    return {code: (column, row) for row, line in enumerate(lines) for column, code in enumerate(line) if code != "."}


EUROPE = _grid("""
    IS .  .  .  NO SE FI .
    .  .  .  .  .  .  EE .
    IE GB .  .  DK .  LV .
    .  .  .  NL DE PL LT .
    .  .  BE LU CZ SK UA .
    .  .  FR CH AT HU RO MD
    PT ES LI IT SI HR BG .
    .  .  .  MT BA RS MK .
    .  .  .  .  ME AL GR GE
    .  .  .  .  .  TR CY .
""")
BELGIUM = _grid("""
    BE25 BE23 BE21 BE22
    BE32 BE10 BE24 BE33
    .    BE31 BE35 BE34
""")
GRIDS: Mapping[str, Grid] = {"country": EUROPE, "region": BELGIUM}
# What stands in a tile where readers know a place by another code than the vocabulary's: that of the European Union's
# own texts, and ISO 3166-2.
SHORT: Mapping[str, str] = {
    "GR": "EL", "GB": "UK",
    "BE10": "BRU", "BE21": "VAN", "BE22": "VLI", "BE23": "VOV", "BE24": "VBR", "BE25": "VWV",
    "BE31": "WBR", "BE32": "WHT", "BE33": "WLG", "BE34": "WLX", "BE35": "WNA",
}  # fmt: skip
