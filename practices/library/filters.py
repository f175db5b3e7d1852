"""The parameters by which the library is asked, on the page as in the open data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import F, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.languages.reading_order import distance
from hub.query_parsing.parsing import parse_query
from hub.query_parsing.text_queries import TextQueries
from hub.query_parsing.words import Least
from hub.search.full_text import WordsField
from practices.context.ordering import by_fit
from practices.context.situation import Situation
from practices.library import counting
from practices.library.counting import Counted
from practices.library.facets import FACETS, chosen_keys
from practices.practice.database_functions import OneOf, Unaccent
from practices.practice.models.practice import Practice
from practices.practice.models.texts import PracticeText
from practices.practice.terms import Terms
from practices.search.lexicon import LEXICON
from practices.search.models import LibraryEntry
from practices.search.ranking import Ranking
from practices.search.searching import Search

_MOST_CODES = 50
_LONGEST_CODE = 40

SIZES = (20, 50, 100)

MATCH, NEWEST, EVIDENCE, TITLE = "match", "newest", "evidence", "title"
SORTS = {
    MATCH: _("best match"),
    NEWEST: _("newest"),
    EVIDENCE: _("best evidence"),
    TITLE: _("alphabetical"),
}
# An order for who told their situation, and for nobody else.
CONTEXT = "context"


Found = TypeVar("Found", bound=Model)


@dataclass(frozen=True)
class Selection:
    """What a reader asked for, with everything unknown left out; it can be written as an address again."""

    words: str = ""
    chosen: Mapping[str, list[str]] = field(default_factory=dict)
    sort: str = NEWEST
    size: int = SIZES[0]

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
        return replace(self, chosen=chosen)

    def without_words(self) -> "Selection":
        """The same without a search; an order by match loses its meaning with it."""
        return replace(self, words="", sort=NEWEST if self.sort == MATCH else self.sort)

    def sorted_by(self, sort: str) -> "Selection":
        """The same in another order."""
        return replace(self, sort=sort)

    def sized(self, size: int) -> "Selection":
        """The same with so many on a page."""
        return replace(self, size=size)

    def searching(self, words: str) -> "Selection":
        """The same with other words."""
        return replace(self, words=words)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Names and values as an address carries them, without a page; the same for the same selection."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(facet.name, code) for facet in FACETS for code in self.chosen.get(facet.name, [])]
        if self.sort != self.usual_sort:
            pairs.append(("sort", self.sort))
        if self.size != SIZES[0]:
            pairs.append(("size", str(self.size)))
        return pairs

    @property
    def query(self) -> str:
        """The same as one string."""
        return urlencode(self.pairs)


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
        return str(value) if str(value) in {*SORTS, CONTEXT} else ""


class SizeField(forms.Field):
    """A known number of practices on a page, or the usual one."""

    def to_python(self, value: Any) -> int:
        """Unknown sizes are left out."""
        return next((size for size in SIZES if str(size) == str(value)), SIZES[0])


class WordsFilter(django_filters.CharFilter):
    """The search; applied by the filter set, which knows the terms."""

    field_class = WordsField


class CodesFilter(django_filters.Filter):
    """One facet; applied by the filter set, which must be able to leave it out for counting."""

    field_class = CodesField


class SortFilter(django_filters.Filter):
    """The order of the results."""

    field_class = SortField


class SizeFilter(django_filters.Filter):
    """How many practices stand on a page."""

    field_class = SizeField


class PracticeFilterSet(django_filters.FilterSet):
    """Narrows practices by words and facets; whatever an address holds, it yields a selection and never an error.

    An `exact` one finds nothing where nothing has all of the words. One with a `situation` can order by what fits it.
    """

    q = WordsFilter(label=_("Search"))
    sort = SortFilter(label=_("Sort"))
    size = SizeFilter(label=_("Per page"))

    class Meta:
        model = Practice
        fields: list[str] = []

    def __init__(
        self,
        *args: Any,
        terms: Terms | None = None,
        exact: bool = False,
        situation: Situation | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms or Terms.load()
        self._exact = exact
        self._situation = situation or Situation()

    @cached_property
    def selection(self) -> Selection:
        """What was asked for."""
        if not self.is_bound or not self.form.is_valid():
            return Selection()
        asked = self.form.cleaned_data
        chosen = {facet.name: facet.known(asked[facet.name], self.terms) for facet in FACETS}
        words = asked["q"]
        usual = MATCH if words else NEWEST
        sort = asked["sort"] or usual
        if (sort == CONTEXT and not self._situation) or (sort == MATCH and not words):
            sort = usual
        return Selection(
            words=words,
            chosen={name: codes for name, codes in chosen.items() if codes},
            sort=sort,
            size=asked["size"],
        )

    @cached_property
    def for_all(self) -> Search:
        """The search for all of the words, as the library understands them."""
        return Search(TextQueries(parse_query(self.selection.words, LEXICON, self.terms), self.terms))

    @cached_property
    def search(self) -> Search:
        """The same; for fewer of them where nothing has them all."""
        queries = self.for_all.queries
        if self._exact or len(queries.words.words) < 2 or self.for_all.entries().exists():
            return self.for_all
        return self._for_fewer(queries)

    def _for_fewer(self, queries: TextQueries) -> Search:
        """For several of many words; where nothing has these either, for one of them."""
        several = Search(queries.content_with(Least.SEVERAL))
        if len(queries.significant) > 2 and several.entries().exists():
            return several
        return Search(queries.content_with(Least.ONE))

    @cached_property
    def counted(self) -> Counted:
        """How many practices fit, and what each option would show."""
        chosen = self.selection.chosen
        counted = counting.count(self.for_all, chosen, self.terms)
        if counted.total:
            self.search = self.for_all  # nobody has to ask any more whether anything has all of them
        return counting.count(self.search, chosen, self.terms) if self.search.words.least else counted

    def found(self, counted: Counted | None = None) -> QuerySet[LibraryEntry]:
        """What words and facets find, in no order; looked for once only where counting found few."""
        if self.search.words and counted and counted.few is not None:
            return LibraryEntry.objects.filter(OneOf(F("practice_id"), counted.few))
        return self.search.entries([*chosen_keys(self.selection.chosen, self.terms).values()])

    def in_order(self, found: QuerySet[Found], *, entry: str = "") -> QuerySet[Found]:
        """In the order asked for; always a whole order, so that no row stands on two pages.

        `entry` leads from the rows to their library entries: "" or "entry__".
        """
        if self.selection.sort == CONTEXT:
            usual = self._sorted(found, self.selection.usual_sort, entry)
            return by_fit(usual, self._situation, self.terms, entry=entry)
        return self._sorted(found, self.selection.sort, entry)

    def _sorted(self, found: QuerySet[Found], sort: str, entry: str) -> QuerySet[Found]:
        language = get_language() or ""
        newest = (F(f"{entry}published_at").desc(nulls_last=True), F(f"{entry}practice_id").desc())
        if sort == MATCH and self.search.words:
            return Ranking(self.search, language, entry=entry).order(found)
        if sort == EVIDENCE:
            return found.order_by(F(f"{entry}evidence").desc(), *newest)
        if sort == TITLE:
            return found.order_by(Lower(Unaccent(_shown_title(language, entry))), f"{entry}practice_id")
        return found.order_by(*newest)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Words and facets, in the order asked for."""
        return self.in_order(queryset.filter(pk__in=self.found().values("practice_id")), entry="entry__")


for _facet in FACETS:
    PracticeFilterSet.base_filters[_facet.name] = CodesFilter(label=_facet.label)


def _shown_title(language: str, entry: str) -> Subquery:
    """The title of the words that a reader gets, in the order of `hub.languages.reading_order`."""
    texts = PracticeText.objects.filter(practice_id=OuterRef(f"{entry}practice_id"))
    nearest = distance("language", language, original=F("practice__original_language"))
    return Subquery(texts.order_by(nearest, "language").values("title")[:1])
