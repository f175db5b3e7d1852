"""Where practices are, as maps of tiles show it: the options of two facets, which are counted anyway."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from hub.search.places import GRIDS, Place
from practices.library.choices import FacetChoice, Option, choice
from practices.library.counting import count_all
from practices.library.facets import FACETS
from practices.library.filters import Selection
from practices.practice.terms import Terms


@dataclass(frozen=True)
class Places:
    """Countries and regions among the facets of a library."""

    facets: Sequence[FacetChoice]

    def __bool__(self) -> bool:
        """Whether a map has anything to show."""
        return any(place.code in grid for name, grid in GRIDS.items() for place in self.places(name))

    def places(self, name: str) -> list[Place]:
        """Those of one facet."""
        return [_place(option) for facet in self.facets if facet.name == name for option in facet.options]


def everywhere() -> Places:
    """Those of the whole library; its counts are remembered until its content changes."""
    terms = Terms.load()
    counted = count_all(terms).options
    facets = [facet for facet in FACETS if facet.name in GRIDS]
    return Places([choice(facet, counted[facet.name], Selection(), terms) for facet in facets])


def _place(option: Option) -> Place:
    said = ngettext("%(place)s: %(number)s practice", "%(place)s: %(number)s practices", option.count)
    words = said % {"place": option.label, "number": option.count}
    return Place(option.code, option.label, option.count, words, option.url, option.selected)
