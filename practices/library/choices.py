"""What a reader can choose in each facet: its options with their counts, and the address of each."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise

from practices.library.facets import Facet
from practices.library.filters import Selection
from practices.practice.terms import Terms

_MANY = 8


@dataclass(frozen=True)
class Option:
    """One option of a facet; `url` chooses it or takes it away again."""

    facet: str
    code: str
    label: str
    count: int
    selection: Selection

    @cached_property
    def selected(self) -> bool:
        """Whether it is part of what was asked for."""
        return self.code in self.selection.chosen.get(self.facet, ())

    @property
    def url(self) -> str:
        """Made only when somebody needs it: a page has a hundred options."""
        return address(self.selection.toggled(self.facet, self.code))


@dataclass(frozen=True)
class FacetChoice:
    """One facet with the options that lead somewhere."""

    name: str
    label: str | Promise
    options: list[Option]
    at_once: bool = False

    @property
    def more(self) -> bool:
        """Whether the list is so long that only its beginning is shown at first."""
        return len(self.options) > _MANY

    @property
    def first(self) -> bool:
        """Whether it is shown on arrival; else behind "more filters", until something is chosen in it."""
        return self.at_once or any(option.selected for option in self.options)


def choice(facet: Facet, counted: dict[str, int], selection: Selection, terms: Terms) -> FacetChoice:
    """Of a facet the options that have a count, and those that were chosen."""
    chosen = selection.chosen.get(facet.name, [])
    shown = counted | {code: counted.get(code, 0) for code in chosen}
    options = [
        Option(facet.name, code, name, shown[code], selection)
        for code, name in facet.options(shown, terms)
        if code in shown
    ]
    return FacetChoice(facet.name, facet.label, options, facet.declaration.at_once)


def address(selection: Selection) -> str:
    """Where the library shows this selection."""
    query = selection.query
    return reverse("practices:library") + (f"?{query}" if query else "")
