"""Searches of the library that can be followed: how they are written, what they are called, what they find."""

from urllib.parse import parse_qsl

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.languages.names import language_name
from hub.saved_searches import lists
from hub.saved_searches.lists import SearchableList
from practices.library.facets import FACETS
from practices.library.filters import PracticeFilterSet, Selection
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms
from practices.search.keys import RECORDS

# What narrows; the rest of an address only says how the answer is shown.
_ASKING = {"q", *(facet.name for facet in FACETS)}


class LibrarySearches(SearchableList):
    """The library as a list whose searches can be followed."""

    prefix = "search"
    called = _("Searches of the library")
    kind = "practices/new"
    moment = "first_published_at"

    def canonical(self, query: str) -> str:
        """Everything unknown is left out, and the order in which things were chosen does not matter."""
        asked = PracticeFilterSet(QueryDict(query), queryset=Practice.objects.none(), terms=Terms.load())
        return written(asked.selection)

    def title(self, query: str) -> str:
        return gettext("Practices: %(search)s") % {"search": in_words(query)}

    def address(self, query: str) -> str:
        return f"{reverse('practices:library')}?{query}"

    def everything(self) -> QuerySet[Practice]:
        return Practice.objects.public()

    def found(self, query: str, fresh: QuerySet[Practice]) -> QuerySet[Practice]:
        asked = QueryDict(f"{query}&sort=newest")
        # Who follows several words waits for something with all of them, whatever the page shows meanwhile.
        found: QuerySet[Practice] = PracticeFilterSet(asked, queryset=fresh, terms=Terms.load(), exact=True).qs
        return found


LIBRARY: SearchableList = LibrarySearches()


def written(selection: Selection) -> str:
    """The canonical writing of what was asked of the library."""
    return lists.written(pair for pair in parse_qsl(selection.query) if pair[0] in _ASKING)


def in_words(query: str) -> str:
    """What a search in canonical writing asks for, in the reader's language."""
    terms = Terms.load()

    def label(name: str, value: str) -> str:
        term = terms.of(name).get(value)
        if term:
            return str(term.label)
        if name in RECORDS:
            return str(dict(RECORDS[name].choices).get(value, value))
        return language_name(value) if name == "language" else value

    return lists.in_words(query, label)
