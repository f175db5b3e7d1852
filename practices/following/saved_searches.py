"""Searches that can be followed: how they are written, what they are called, and when they get a row."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat, Now
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.privacy import erasing
from hub.languages.names import language_name
from notifications.subscriptions import topics
from notifications.subscriptions.models import Subscription, SubscriptionQuerySet
from notifications.subscriptions.topics import Topic
from practices.following.keeping_times import UNFOLLOWED_SEARCHES
from practices.following.models import LONGEST_QUERY, SavedSearch
from practices.library.facets import FACETS
from practices.library.filters import PracticeFilterSet, Selection
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms

PREFIX = "search"
# What narrows; the rest of an address only says how the answer is shown.
_ASKING = {"q", *(facet.name for facet in FACETS)}
_MOST_LABELS = 6
# The words stand in a mail to an address that anybody may have typed: it carries no stranger's message or link.
_LONGEST_WORDS = 80
_LINK = re.compile(r"://|@|\w\.\w{2}")


def canonical(query: str, terms: Terms) -> str:
    """What an address asks of the library, the same string for the same question; empty when it asks for nothing.

    Everything unknown is left out, and the order in which things were chosen does not matter.
    """
    asked = PracticeFilterSet(QueryDict(query), queryset=Practice.objects.none(), terms=terms)
    return written(asked.selection)


def written(selection: Selection) -> str:
    """The canonical writing of what was asked for."""
    pairs = parse_qsl(selection.query)
    return urlencode(sorted(pair for pair in pairs if pair[0] in _ASKING))


def in_words(query: str, terms: Terms) -> str:
    """What it asks for in the reader's language: `‘wonen’, Housing, Belgium`."""
    pairs = sorted(parse_qsl(query), key=lambda pair: pair[0] != "q")
    labels = [_label(name, value, terms) for name, value in pairs if name in _ASKING]
    shown, rest = labels[:_MOST_LABELS], len(labels) - _MOST_LABELS
    if rest > 0:
        shown.append(ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest})
    return ", ".join(shown)


def _label(name: str, value: str, terms: Terms) -> str:
    if name == "q":
        return f"‘{value}’"  # single, because the whole stands in quotation marks in places
    term = terms.of(name).get(value)
    if term:
        return str(term.label)
    return language_name(value) if name == "language" else value


def title(query: str, terms: Terms) -> str:
    """What a search is called where it is followed."""
    return gettext("Practices: %(search)s") % {"search": in_words(query, terms)}


def address(query: str) -> str:
    """Where the library answers it."""
    return f"{reverse('practices:library')}?{query}"


def may_be_followed(query: str) -> bool:
    """Whether a search in canonical writing can be followed: it asks for something, and no mail suffers from it."""
    words = dict(parse_qsl(query)).get("q", "")
    return 0 < len(query) <= LONGEST_QUERY and len(words) <= _LONGEST_WORDS and not _LINK.search(words)


def still_asks(query: str, terms: Terms) -> bool:
    """Whether all that was chosen still exists. Without a term that is gone it would be another, wider search."""
    chosen = {pair for pair in parse_qsl(query) if pair[0] != "q"}
    return chosen <= set(parse_qsl(canonical(query, terms)))


def follow_address(query: str) -> str:
    """Where a search in canonical writing can be followed; empty when it cannot."""
    if not may_be_followed(query):
        return ""
    return f"{reverse('notifications:follow')}?{urlencode({'topic': f'{PREFIX}:{query}'})}"


def topic(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """Searches by their keys, or by what they ask where nobody follows them yet."""
    terms = Terms.load()
    kept = _kept(identifiers)
    asked = {each: kept[each].query if each in kept else canonical(each, terms) for each in identifiers}
    followable = {each: query for each, query in asked.items() if may_be_followed(query) and still_asks(query, terms)}
    return {each: Topic(title(query, terms), address(query)) for each, query in followable.items()}


def make(identifier: str) -> str | None:
    """The key of the search that asks this; it gets a row when it has none. For whoever sends the form to follow it."""
    query = _asked(identifier, Terms.load())
    if not may_be_followed(query):
        return None
    SavedSearch.objects.bulk_create([SavedSearch(query=query)], ignore_conflicts=True)
    SavedSearch.objects.filter(query=query).update(asked_at=Now())
    return str(SavedSearch.objects.only("pk").get(query=query).pk)


def _asked(identifier: str, terms: Terms) -> str:
    kept = _kept([identifier]).get(identifier)
    return kept.query if kept else canonical(identifier, terms)


def register() -> None:
    """Make them followable."""
    topics.register(PREFIX, topic, maker=make)


def forget_unfollowed() -> int:
    """Delete the searches that nobody follows or ever confirmed; returns how many."""
    return erasing.delete(SavedSearch.objects.filter(~followed(), asked_at__lt=Now() - UNFOLLOWED_SEARCHES.span))


def followed() -> Exists:
    """The condition that somebody follows a search, or once did: a stopped subscription can be taken up again."""
    return Exists(_subscriptions())


def followed_now() -> Exists:
    """The condition that somebody is to be told of what a search finds."""
    return Exists(_subscriptions().active())


def _subscriptions() -> SubscriptionQuerySet:
    key = Concat(Value(f"{PREFIX}:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    return Subscription.objects.filter(topic=key)


def _kept(identifiers: Iterable[str]) -> dict[str, SavedSearch]:
    keys = [key for each in identifiers if (key := _key(each))]
    return {str(row.pk): row for row in SavedSearch.objects.filter(pk__in=keys)} if keys else {}


def _key(identifier: str) -> UUID | None:
    try:
        key = UUID(identifier)
    except ValueError:
        return None
    return key if str(key) == identifier else None
