"""The parameters by which the library is asked, on the page as in the open data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from practices import searching
from practices.facets import FACETS, chosen_conditions
from practices.models import Practice, PracticeText
from practices.querysets import PracticeQuerySet, Unaccent
from practices.terms import Terms

LONGEST_WORDS = 200
_MOST_CODES = 50
_LONGEST_CODE = 40

MATCH, NEWEST, EVIDENCE, TITLE = "match", "newest", "evidence", "title"
SORTS = {
    MATCH: _("best match"),
    NEWEST: _("newest"),
    EVIDENCE: _("best evidence"),
    TITLE: _("alphabetical"),
}


@dataclass(frozen=True)
class Selection:
    """What a reader asked for, with everything unknown left out; it can be written as an address again."""

    words: str = ""
    chosen: Mapping[str, list[str]] = field(default_factory=dict)
    sort: str = NEWEST

    def __bool__(self) -> bool:
        return bool(self.words or self.chosen)

    @property
    def usual_sort(self) -> str:
        """The order that needs no mention in the address."""
        return MATCH if self.words else NEWEST

    def toggled(self, facet: str, code: str) -> "Selection":
        """The same with one option more, or without it when it was chosen."""
        codes = self.chosen.get(facet, [])
        codes = [each for each in codes if each != code] if code in codes else [*codes, code]
        chosen = {name: values for name, values in {**self.chosen, facet: codes}.items() if values}
        return Selection(self.words, chosen, self.sort)

    def without_words(self) -> "Selection":
        """The same without a search; an order by match loses its meaning with it."""
        return Selection("", self.chosen, NEWEST if self.sort == MATCH else self.sort)

    def sorted_by(self, sort: str) -> "Selection":
        """The same in another order."""
        return Selection(self.words, self.chosen, sort)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Names and values as an address carries them, without a page; the same for the same selection."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(facet.name, code) for facet in FACETS for code in self.chosen.get(facet.name, [])]
        if self.sort != self.usual_sort:
            pairs.append(("sort", self.sort))
        return pairs

    @property
    def query(self) -> str:
        """The same as one string."""
        return urlencode(self.pairs)


class WordsField(forms.CharField):
    """What a person typed into a search box: whatever it is, it is searched for and never refused."""

    def to_python(self, value: Any) -> str:
        """One line without control characters, cut where nobody reads on."""
        text = "".join(letter if letter.isprintable() else " " for letter in str(value or "")[: LONGEST_WORDS * 4])
        return " ".join(text.split())[:LONGEST_WORDS].strip()


class CodesField(forms.Field):
    """Codes as the address carries them; which of them exist is for the facet to say."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        """Those that could be a code."""
        values = value if isinstance(value, (list, tuple)) else [value] if value else []
        return [code for code in map(str, values[:_MOST_CODES]) if 0 < len(code) <= _LONGEST_CODE and "\0" not in code]


class SortField(forms.CharField):
    """A known order, or the usual one."""

    def to_python(self, value: Any) -> str:
        """Unknown orders are left out."""
        return str(value) if str(value) in SORTS else ""


class WordsFilter(django_filters.CharFilter):
    """The search; applied by the filter set, which knows the terms."""

    field_class = WordsField


class CodesFilter(django_filters.Filter):
    """One facet; applied by the filter set, which must be able to leave it out for counting."""

    field_class = CodesField


class SortFilter(django_filters.Filter):
    """The order of the results."""

    field_class = SortField


class PracticeFilterSet(django_filters.FilterSet):
    """Narrows practices by words and facets; whatever an address holds, it yields a selection and never an error."""

    q = WordsFilter(label=_("Search"))
    sort = SortFilter(label=_("Sort"))

    class Meta:
        model = Practice
        fields: list[str] = []

    def __init__(self, *args: Any, terms: Terms | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms or Terms.load()

    @cached_property
    def selection(self) -> Selection:
        """What was asked for."""
        if not self.is_bound or not self.form.is_valid():
            return Selection()
        asked = self.form.cleaned_data
        chosen = {facet.name: facet.known(asked[facet.name], self.terms) for facet in FACETS}
        words = asked["q"]
        sort = asked["sort"] or (MATCH if words else NEWEST)
        return Selection(
            words=words,
            chosen={name: codes for name, codes in chosen.items() if codes},
            sort=NEWEST if sort == MATCH and not words else sort,
        )

    def searched(self) -> PracticeQuerySet:
        """The practices that the words find, whatever is chosen in the facets."""
        words = self.selection.words
        practices: PracticeQuerySet = self.queryset.all()
        return practices.filter(searching.condition(words, self.terms)) if words else practices

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Words and facets, in the order asked for."""
        selection = self.selection
        conditions: list[Q] = list(chosen_conditions(selection.chosen, self.terms).values())
        return ordered(self.searched().filter(*conditions), selection, get_language() or "")


for _facet in FACETS:
    PracticeFilterSet.base_filters[_facet.name] = CodesFilter(label=_facet.label)


def ordered(practices: PracticeQuerySet, selection: Selection, language: str) -> PracticeQuerySet:
    """In the order asked for; always a whole order, so that no row stands on two pages."""
    if selection.sort == MATCH:
        return searching.rank(practices, selection.words, language)
    if selection.sort == EVIDENCE:
        return practices.order_by(
            F("evidence__position").desc(nulls_last=True), F("first_published_at").desc(nulls_last=True), "-pk"
        )
    if selection.sort == TITLE:
        return practices.order_by(Lower(Unaccent(_shown_title(language))), "pk")
    return practices.order_by(F("first_published_at").desc(nulls_last=True), "-pk")


def _shown_title(language: str) -> Coalesce:
    texts = PracticeText.objects.filter(practice_id=OuterRef("pk"))
    own = texts.filter(language=language)
    original = texts.filter(language=OuterRef("original_language"))
    return Coalesce(Subquery(own.values("title")[:1]), Subquery(original.values("title")[:1]))
