"""Lists that are narrowed by words and terms: what an address asks for, what fits, and what each option would show.

A list says which facets it has and how its words are searched; whatever an address holds that it does not know is left
out without an error. `components/listing.html` shows it (see `hub.search.listing`), and open data asks the same list.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Count, Model, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from hub.search.full_text import WordsField
from hub.search.places import Place
from hub.vocabularies.models import Term

LONGEST_WORDS = 100
# Of a longer list of options the first six are shown, the others fold out.
MOST_OPTIONS = 8

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Option:
    """One value of a facet and how many rows choosing it would show."""

    code: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    """A filter with its options."""

    name: str
    label: str
    options: list[Option]
    more: bool = False
    note: str = ""


@dataclass(frozen=True)
class Chip:
    """One thing that was asked for, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Looser:
    """The same list without one thing that was asked for, and how many fit then."""

    label: str
    url: str
    count: int


@dataclass(frozen=True)
class TermFacet:
    """Narrows by terms of the vocabulary of the same name; `path` leads from a row to its term or terms.

    A row has `several` of them or one. Options come in the order of the vocabulary, or `by_label`. A `folded` facet is
    among those that open on demand. A `note` says what it goes by where readers may expect more.
    """

    name: str
    label: str | Promise
    path: str
    several: bool = False
    by_label: bool = False
    folded: bool = False
    note: str | Promise = ""

    def values(self, terms: Iterable[Term]) -> list["Value"]:
        """What can be chosen, of all terms of the portal, in order."""
        return [Value(term.code, str(term.label), term.pk) for term in terms if term.vocabulary == self.name]

    def narrow(self, rows: "QuerySet[Row]", keys: list[Any]) -> "QuerySet[Row]":
        """Those with any of these terms, each once."""
        meant = {f"{self.path}__in": keys}
        if not self.several:
            return rows.filter(**meant)
        return rows.filter(pk__in=rows.model._default_manager.filter(**meant).order_by().values("pk"))

    def counts(self, rows: "QuerySet[Any]", keys: Iterable[Any]) -> dict[Any, int]:
        """How many of the rows have each of the terms; a row has a term once."""
        # By key: joined with its terms, the planner misjudges how many rows a code leaves.
        theirs = rows.filter(**{f"{self.path}__in": list(keys)}).order_by()
        return dict(theirs.values_list(self.path).annotate(number=Count("*")))


@dataclass(frozen=True)
class ChoiceFacet(TermFacet):
    """Narrows by a column with fixed choices instead of terms."""

    choices: tuple[tuple[str, str | Promise], ...] = ()

    def values(self, terms: Iterable[Term]) -> list["Value"]:
        """The choices."""
        return [Value(code, str(label), code) for code, label in self.choices]


@dataclass(frozen=True)
class Value:
    """One thing to choose: as addresses, people and rows name it."""

    code: str
    label: str
    key: Any


class KnownTermsField(forms.MultipleChoiceField):
    """Codes of one vocabulary; unknown ones drop out instead of being an error."""

    def to_python(self, value: Any) -> list[str]:
        known = {code for code, _label in list(self.choices)}  # type: ignore[arg-type]  # set from pairs below
        return [code for code in dict.fromkeys(super().to_python(value or [])) if code in known]


class _AskedForm(forms.Form):
    """Words and choices; always valid."""

    q = WordsField(required=False, longest=LONGEST_WORDS)

    def __init__(self, data: QueryDict, values: Mapping[str, Mapping[str, Value]]) -> None:
        super().__init__(data)
        for name, known in values.items():
            choices = [(value.code, value.label) for value in known.values()]
            self.fields[name] = KnownTermsField(choices=choices, required=False)


def _values(facets: Iterable[TermFacet]) -> dict[str, dict[str, Value]]:
    """By facet and code, what can be chosen, in order; one query for all terms."""
    facets = list(facets)
    terms = list(Term.objects.filter(vocabulary__in=[facet.name for facet in facets]))
    return {facet.name: {value.code: value for value in facet.values(terms)} for facet in facets}


class FacetedList(ABC, Generic[Row]):
    """What a visitor asked of a list, and the answer."""

    facets: ClassVar[tuple[TermFacet, ...]]
    per_page: ClassVar[int] = 24

    def __init__(self, data: QueryDict, language: str, url: str) -> None:
        self.language, self.url = language, url
        self._values = _values(self.facets)
        form = _AskedForm(data, self._values)
        form.is_valid()
        self.words: str = form.cleaned_data.get("q", "")
        self.chosen: dict[str, list[str]] = {facet.name: form.cleaned_data[facet.name] for facet in self.facets}
        self._number = data.get("page")

    @abstractmethod
    def everything(self) -> "QuerySet[Row]":
        """All that a visitor may see, in the order of the list."""

    @abstractmethod
    def searched(self, rows: "QuerySet[Row]") -> "QuerySet[Row]":
        """Those that fit the words, best first."""

    @abstractmethod
    def counted(self, number: int) -> str:
        """So many of them, in words."""

    def tile_words(self, place: str, number: int) -> str:
        """What a tile of a map says: most lists with a map are of organisations."""
        said = ngettext("%(place)s: %(number)s organisation", "%(place)s: %(number)s organisations", number)
        return said % {"place": place, "number": number}

    def shown(self, rows: "QuerySet[Row]") -> "QuerySet[Row]":
        """With what a page of the list needs of each."""
        return rows

    @property
    def chosen_themes(self) -> list[dict[str, str]]:
        """Code and label of each theme that was asked for: those can be followed."""
        return [{"code": code, "label": self.called("theme", code)} for code in self.chosen.get("theme", [])]

    @property
    def is_filtered(self) -> bool:
        return bool(self.words or any(self.chosen.values()))

    def found(self) -> "QuerySet[Row]":
        """What fits, in order."""
        return self._narrowed(self.facets, self._searched)

    def among(self, rows: "QuerySet[Row]") -> "QuerySet[Row]":
        """What fits of these rows, in the order of the list."""
        return self._narrowed(self.facets, self.searched(rows) if self.words else rows)

    def called(self, name: str, code: str) -> str:
        """What a choice of a facet is called; an unknown one is its code."""
        value = self._values.get(name, {}).get(code)
        return value.label if value else code

    @cached_property
    def page(self) -> Page[Row]:
        """The page of it that was asked for, or the nearest there is."""
        return Paginator(self.shown(self.found()), self.per_page).get_page(self._number)

    @property
    def count_line(self) -> str:
        """How many fit, in words."""
        return self.counted(self.page.paginator.count)

    @cached_property
    def first_facets(self) -> list[Facet]:
        """The filters shown on arrival, with counts that ignore their own choice; without options one is left out."""
        return [found for facet in self.facets if not facet.folded and (found := self._counted(facet)).options]

    @cached_property
    def more_facets(self) -> list[Facet]:
        """The others."""
        return [found for facet in self.facets if facet.folded and (found := self._counted(facet)).options]

    def facet(self, name: str) -> Facet | None:
        """One of them, where it has options."""
        return next((facet for facet in [*self.first_facets, *self.more_facets] if facet.name == name), None)

    def places(self, name: str) -> list[Place]:
        """The options of a facet of places, as a map shows them."""
        facet = self.facet(name)
        return [self._place(name, option) for option in facet.options] if facet else []

    def _place(self, name: str, option: Option) -> Place:
        change = self.address_without if option.selected else self.address_with
        words = self.tile_words(option.label, option.count)
        return Place(option.code, option.label, option.count, words, change(name, option.code), option.selected)

    @cached_property
    def chips(self) -> list[Chip]:
        """Every choice made, with the address that leaves it out."""
        chips = []
        if self.words:
            quoted = gettext("“%(words)s”") % {"words": self.words}
            chips.append(Chip(quoted, self.address_without("q", self.words)))
        for facet, codes in self.chosen.items():
            chips += [Chip(self._values[facet][code].label, self.address_without(facet, code)) for code in codes]
        return chips

    @cached_property
    def looser(self) -> list[Looser]:
        """Where nothing fits: each choice without which something does, the most helpful first.

        Choices of one facet widen each other, so they are left out together.
        """
        if self.page.paginator.count:
            return []
        found = [self._without(facet) for facet in self.facets if self.chosen[facet.name]]
        if self.words:
            quoted = gettext("“%(words)s”") % {"words": self.words}
            number = self._narrowed(self.facets, self.everything()).count()
            found.append(Looser(quoted, self.address_without("q", self.words), number))
        return sorted((each for each in found if each.count), key=lambda each: -each.count)

    @property
    def beside_words(self) -> list[tuple[str, str]]:
        """The choices that a new search keeps."""
        return [(facet, code) for facet, codes in self.chosen.items() for code in codes]

    @property
    def beside_facets(self) -> list[tuple[str, str]]:
        """The search that other choices keep."""
        return [("q", self.words)] if self.words else []

    def query(self, without: tuple[str, str] = ("", "")) -> str:
        """The choices as a query string, cleaned of what is unknown."""
        return self._asked(without).urlencode()

    @property
    def address(self) -> str:
        """The list as it was asked for."""
        query = self.query()
        return f"{self.url}?{query}" if query else self.url

    def address_without(self, name: str, value: str) -> str:
        """The same list without one choice."""
        query = self.query(without=(name, value))
        return f"{self.url}?{query}" if query else self.url

    def address_with(self, name: str, value: str) -> str:
        """The same list with one choice more."""
        data = self._asked(("", ""))
        data.appendlist(name, value)
        return f"{self.url}?{data.urlencode()}"

    def _asked(self, without: tuple[str, str]) -> QueryDict:
        data = QueryDict(mutable=True)
        if self.words and without[0] != "q":
            data["q"] = self.words
        for facet, codes in self.chosen.items():
            data.setlist(facet, [code for code in codes if (facet, code) != without])
        return data

    def _narrowed(self, facets: Iterable[TermFacet], found: "QuerySet[Row]") -> "QuerySet[Row]":
        for facet in facets:
            if codes := self.chosen[facet.name]:
                found = facet.narrow(found, [self._values[facet.name][code].key for code in codes])
        return found

    def _without(self, facet: TermFacet) -> Looser:
        codes = self.chosen[facet.name]
        number = self._narrowed((each for each in self.facets if each != facet), self._searched).count()
        data = self._asked(("", ""))
        data.pop(facet.name, None)
        query = data.urlencode()
        label = ", ".join(self.called(facet.name, code) for code in codes)
        return Looser(label, f"{self.url}?{query}" if query else self.url, number)

    @cached_property
    def _searched(self) -> "QuerySet[Row]":
        """What the words find; making it may ask the database, so it is made once."""
        return self.searched(self.everything()) if self.words else self.everything()

    def _counted(self, facet: TermFacet) -> Facet:
        values, chosen = self._values[facet.name].values(), self.chosen[facet.name]
        narrowed = self._narrowed((each for each in self.facets if each != facet), self._searched)
        counts = facet.counts(narrowed, [value.key for value in values])
        options = [
            Option(value.code, value.label, counts.get(value.key, 0), value.code in chosen)
            for value in values
            if value.key in counts or value.code in chosen
        ]
        if facet.by_label:
            options.sort(key=lambda option: option.label)
        return Facet(facet.name, str(facet.label), options, more=len(options) > MOST_OPTIONS, note=str(facet.note))
