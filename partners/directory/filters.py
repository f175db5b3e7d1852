"""What the address of the directory may ask for; whatever it does not know is ignored."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hub.search.full_text import WordsField
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation, OrganisationQuerySet

PER_PAGE = 24
LONGEST_WORDS = 100


class KnownTermsField(forms.MultipleChoiceField):
    """Codes of one vocabulary; unknown ones drop out instead of being an error."""

    def to_python(self, value: Any) -> list[str]:
        known = {code for code, _label in list(self.choices)}  # type: ignore[arg-type]  # set from pairs below
        return [code for code in dict.fromkeys(super().to_python(value or [])) if code in known]


class DirectoryForm(forms.Form):
    """The filters of the directory; always valid."""

    q = WordsField(
        required=False,
        longest=LONGEST_WORDS,
        label=_("Search organisations"),
        widget=forms.TextInput(attrs={"type": "search", "class": "search__input", "autocomplete": "off"}),
    )
    sector = KnownTermsField(required=False, label=_("Sector"))
    country = KnownTermsField(required=False, label=_("Country"))

    def __init__(self, data: QueryDict, terms: Iterable[Term]) -> None:
        super().__init__(data)
        for facet in FACETS:
            choices = [(term.code, str(term.label)) for term in terms if term.vocabulary == facet]
            self.fields[facet].choices = choices  # type: ignore[attr-defined]  # a choice field


FACETS = tuple(name for name, field in DirectoryForm.base_fields.items() if isinstance(field, KnownTermsField))


@dataclass(frozen=True)
class Option:
    """One value of a facet and how many organisations choosing it would show."""

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


@dataclass(frozen=True)
class Chip:
    """One thing that was asked for, and the address without it."""

    label: str
    url: str


class Directory:
    """What the visitor asked of the directory, and the answer."""

    def __init__(self, data: QueryDict, language: str) -> None:
        self.language = language
        terms = list(Term.objects.filter(vocabulary__in=FACETS))
        self.form = DirectoryForm(data, terms)
        self.form.is_valid()
        self.words: str = self.form.cleaned_data.get("q", "")
        self.chosen: dict[str, list[str]] = {facet: self.form.cleaned_data.get(facet, []) for facet in FACETS}
        self.more_facets: list[Facet] = []
        self.url = reverse("partners:directory")
        self._terms = terms
        self._number = data.get("page")

    @property
    def is_filtered(self) -> bool:
        return bool(self.words or any(self.chosen.values()))

    def organisations(self) -> OrganisationQuerySet:
        """The organisations that fit, in order."""
        return self._narrowed(FACETS)

    @cached_property
    def page(self) -> Page[Organisation]:
        """The page of them that was asked for, or the nearest there is."""
        return Paginator(self.organisations().with_facts(), PER_PAGE).get_page(self._number)

    @property
    def count_line(self) -> str:
        """How many fit, in words."""
        number = self.page.paginator.count
        return ngettext("%(number)s organisation", "%(number)s organisations", number) % {"number": number}

    @cached_property
    def first_facets(self) -> list[Facet]:
        """Each filter with its counts, which ignore its own selection; options without any are left out."""
        return [self._facet(name) for name in FACETS]

    @cached_property
    def chips(self) -> list[Chip]:
        """Every choice made, with the address that leaves it out."""
        labels = {(term.vocabulary, term.code): str(term.label) for term in self._terms}
        chips = []
        if self.words:
            quoted = gettext("“%(words)s”") % {"words": self.words}
            chips.append(Chip(quoted, self._address_without("q", self.words)))
        for facet, codes in self.chosen.items():
            chips += [Chip(labels[facet, code], self._address_without(facet, code)) for code in codes]
        return chips

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
        data = QueryDict(mutable=True)
        if self.words and without[0] != "q":
            data["q"] = self.words
        for facet, codes in self.chosen.items():
            data.setlist(facet, [code for code in codes if (facet, code) != without])
        return data.urlencode()

    def _address_without(self, name: str, value: str) -> str:
        query = self.query(without=(name, value))
        return f"{self.url}?{query}" if query else self.url

    def _narrowed(self, facets: Iterable[str]) -> OrganisationQuerySet:
        found = Organisation.objects.public()
        for facet in facets:
            if self.chosen[facet]:
                found = found.filter(**{f"{facet}__code__in": self.chosen[facet]})
        return found.matching(self.words, self.language) if self.words else found

    def _facet(self, name: str) -> Facet:
        others = self._narrowed(facet for facet in FACETS if facet != name)
        counts = dict(others.order_by().values_list(f"{name}__code").annotate(number=Count("pk", distinct=True)))
        chosen = self.chosen[name]
        options = [
            Option(term.code, str(term.label), counts.get(term.code, 0), term.code in chosen)
            for term in self._terms
            if term.vocabulary == name and (term.code in counts or term.code in chosen)
        ]
        if name == "country":  # sectors keep the pentagon's order
            options.sort(key=lambda option: option.label)
        return Facet(name, str(self.form.fields[name].label), options, more=len(options) > 8)
