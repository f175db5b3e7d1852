"""The library as one page shows it: results, facets with counts and addresses, chips, orders."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext

from hub.languages.names import language_name
from hub.query_parsing.text_queries import TextQueries
from hub.query_parsing.words import Least, Words
from hub.search.places import GRIDS, lies_open
from practices.context.remembering import open_situation
from practices.context.situation import Situation
from practices.context.words import fits_of, in_words
from practices.library.choices import FacetChoice, address, choice
from practices.library.counting import Counted
from practices.library.facets import FACETS, chosen_keys
from practices.library.filters import CONTEXT, MATCH, SIZES, SORTS, PracticeFilterSet, Selection
from practices.library.places import Places
from practices.practice.models.practice import Practice
from practices.practice.presentation import IN_ROWS, Summary, summaries
from practices.practice.terms import Terms
from practices.search import highlighting
from practices.search.models import LibraryEntry
from practices.search.searching import Search

_MOST_OFFERS = 4
_MOST_LOOSER = 8
_MOST_CHIPS = 16
_FACET_NAMES = {facet.name: facet.label for facet in FACETS}


@dataclass(frozen=True)
class Chip:
    """One thing that was asked for, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Offer:
    """What the words name or the filters keep away: a choice to make or to give up, and how many practices it shows."""

    facet: str | Promise
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Order:
    """One order of the results."""

    code: str
    label: str | Promise
    url: str
    current: bool


@dataclass(frozen=True)
class Library:
    """Everything that the library page shows."""

    selection: Selection
    page: Page[LibraryEntry]
    rows: list[Summary]
    facets: list[FacetChoice]
    chips: list[Chip]
    orders: list[Order]
    sizes: list[Order]
    url: str
    corrected: str = ""
    least: Least = Least.ALL
    offers: tuple[Offer, ...] = ()
    looser: tuple[Offer, ...] = ()
    # What the reader said of theirs, in one line.
    situation: str = ""
    # Those that can be read in the reader's own language, where that is not all of them.
    own_language: Chip | None = None

    @property
    def words(self) -> str:
        """What is searched for."""
        return self.selection.words

    @property
    def here(self) -> str:
        """The address of this very page, without whatever else the reader's had."""
        number = [("page", str(self.page.number))] if self.page.number > 1 else []
        query = urlencode([*self.selection.pairs, *number])
        return f"{self.url}?{query}" if query else self.url

    @property
    def by_fit_url(self) -> str:
        """The same practices in the order of what fits, which needs that the reader says their situation."""
        return address(self.selection.sorted_by(CONTEXT))

    @property
    def first_facets(self) -> list[FacetChoice]:
        """What most readers narrow by, and whatever was chosen."""
        return [facet for facet in self.facets if facet.first]

    @property
    def more_facets(self) -> list[FacetChoice]:
        """The rest."""
        return [facet for facet in self.facets if not facet.first]

    @property
    def where(self) -> Places:
        """What fits, on the map; there is none where each of its addresses would carry too many choices."""
        return Places(self.facets if sum(map(len, self.selection.chosen.values())) <= _MOST_CHIPS else [])

    @property
    def shows_map(self) -> bool:
        """Whether the map lies open."""
        by_place = any(name in self.selection.chosen for name in GRIDS)
        return lies_open(page=self.page.number, is_narrowed=bool(self.selection), by_place=by_place)

    @property
    def outcomes(self) -> str:
        """The outcomes of reuse that were asked for, as the reports of a practice are asked for them."""
        return urlencode([("outcome", code) for code in self.selection.chosen.get("outcome", [])])

    @property
    def beside_words(self) -> list[tuple[str, str]]:
        """What the search form carries along."""
        return [(name, value) for name, value in self.selection.pairs if name != "q"]

    @property
    def beside_facets(self) -> list[tuple[str, str]]:
        """What the form with the facets carries along."""
        return [(name, value) for name, value in self.selection.pairs if name in {"q", "sort", "size"}]

    @property
    def several_sizes(self) -> bool:
        """Whether there are more than the smallest page holds."""
        return self.count > SIZES[0]

    @property
    def count(self) -> int:
        """How many practices fit."""
        return self.page.paginator.count

    @property
    def count_line(self) -> str:
        """The same in words, for the heading and for screen readers."""
        return ngettext("%(count)d practice", "%(count)d practices", self.count) % {"count": self.count}


def open_library(request: HttpRequest) -> Library:
    """Answers a reader's question to the library, whatever the address holds."""
    terms, situation = Terms.load(), open_situation(request)
    asked = PracticeFilterSet(request.GET, queryset=Practice.objects.public(), terms=terms, situation=situation)
    selection = asked.selection
    counted = asked.counted
    page = _page(asked, counted, request.GET.get("page", ""))
    facets = [choice(facet, counted.options[facet.name], selection, terms) for facet in FACETS]
    return Library(
        selection=selection,
        page=page,
        rows=highlighting.marked(_rows(page, terms, situation), asked.search.words),
        facets=[facet for facet in facets if facet.options],
        chips=_chips(facets, selection),
        orders=list(_orders(selection, situation)),
        sizes=[Order(str(size), str(size), address(selection.sized(size)), size == selection.size) for size in SIZES],
        url=address(Selection()),
        corrected=asked.search.words.corrected,
        least=asked.search.words.least,
        offers=tuple(_offers(asked, counted, terms)),
        looser=tuple(sorted(_looser(asked, facets, terms), key=_helps)) if not counted.total else (),
        situation=in_words(situation),
        own_language=_own_language(selection, counted),
    )


def _orders(selection: Selection, situation: Situation) -> Iterator[Order]:
    """By what fits only for who told their situation."""
    own: list[tuple[str, str | Promise]] = [(CONTEXT, gettext("what fits you"))] if situation else []
    for code, name in [*SORTS.items(), *own]:
        if code != MATCH or selection.words:
            yield Order(code, name, address(selection.sorted_by(code)), code == selection.sort)


def _own_language(selection: Selection, counted: Counted) -> Chip | None:
    """Only what can be read in the reader's own language: offered as long as no language was chosen."""
    code = get_language() or ""
    number = counted.options.get("language", {}).get(code, 0)
    if "language" in selection.chosen or not 0 < number < counted.total:
        return None
    told = gettext("Only in %(language)s (%(number)s)")
    words = told % {"language": language_name(code), "number": number_format(number, force_grouping=True)}
    return Chip(words, address(selection.toggled("language", code)))


def _offers(asked: PracticeFilterSet, counted: Counted, terms: Terms) -> Iterator[Offer]:
    """The terms that the search names, as choices within what it found."""
    selection = asked.selection
    for term in [terms.by_id[key] for key in asked.search.called][:_MOST_OFFERS]:
        count = counted.options.get(term.vocabulary, {}).get(term.code, 0)
        if count and term.code not in selection.chosen.get(term.vocabulary, ()):
            chosen = selection.toggled(term.vocabulary, term.code)
            yield Offer(_FACET_NAMES[term.vocabulary], str(term.label), count, address(chosen))


def _looser(asked: PracticeFilterSet, facets: Iterable[FacetChoice], terms: Terms) -> Iterator[Offer]:
    """Where nothing fits: each choice with the number of practices that giving it up would show."""
    selection = asked.selection
    labels = {(option.facet, option.code): option.label for facet in facets for option in facet.options}
    chosen = [(facet, code) for facet, codes in selection.chosen.items() for code in codes][:_MOST_LOOSER]
    for facet, code in chosen:
        without = selection.toggled(facet, code)
        number = asked.search.entries([*chosen_keys(without.chosen, terms).values()]).count()
        yield Offer(_FACET_NAMES[facet], labels[facet, code], number, address(without))
    if selection.words and chosen:
        without = selection.without_words()
        number = Search(TextQueries(Words(), terms)).entries([*chosen_keys(without.chosen, terms).values()]).count()
        yield Offer("", gettext("“%(words)s”") % {"words": selection.words}, number, address(without))


def _helps(offer: Offer) -> int:
    """What shows most practices comes first."""
    return -offer.count


class _Counted(Paginator[LibraryEntry]):
    """Pages of entries whose number is known already."""

    def __init__(self, entries: QuerySet[LibraryEntry], per_page: int, number: int) -> None:
        super().__init__(entries, per_page)
        self.count = number


def _page(asked: PracticeFilterSet, counted: Counted, number: str) -> "Page[LibraryEntry]":
    entries = asked.in_order(asked.found(counted).only("practice_id"))
    paginator = _Counted(entries, asked.selection.size, counted.total)
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return paginator.page(1)
    if not 1 <= int(number) <= paginator.num_pages:
        raise Http404(gettext("The library has no such page."))
    return paginator.page(int(number))


def _rows(page: "Page[LibraryEntry]", terms: Terms, situation: Situation) -> list[Summary]:
    ids = [entry.practice_id for entry in page.object_list]
    found = Practice.objects.public().only(*IN_ROWS).in_bulk(ids)
    shown = [found[pk] for pk in ids if pk in found]
    rows, fits = summaries(shown, terms), fits_of(situation, ids)
    for practice, row in zip(shown, rows, strict=True):
        if practice.pk in fits:
            row["fit"] = fits[practice.pk]
    return rows


def _words_chip(selection: Selection) -> Chip:
    return Chip(gettext("“%(words)s”") % {"words": selection.words}, address(selection.without_words()))


def _chips(facets: list[FacetChoice], selection: Selection) -> list[Chip]:
    words = [_words_chip(selection)] if selection.words else []
    selected = (option for facet in facets for option in facet.options if option.selected)
    # Each carries all the others in its address; those left out are ticked among the filters.
    return words + [Chip(option.label, option.url) for option in islice(selected, _MOST_CHIPS)]
