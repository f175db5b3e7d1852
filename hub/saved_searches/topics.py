"""Searches as something to follow: by their keys, or by what they ask until somebody does; and when they go."""

from collections.abc import Iterable, Sequence
from functools import partial
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat, Now

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from hub.saved_searches import lists
from hub.saved_searches.keeping_times import UNFOLLOWED_SEARCHES
from hub.saved_searches.lists import SearchableList, may_be_followed, still_asks
from hub.saved_searches.models import SavedSearch
from notifications.subscriptions import topics
from notifications.subscriptions.models import Subscription, SubscriptionQuerySet
from notifications.subscriptions.topics import Topic


def register(searchable: SearchableList) -> None:
    """Make the searches of a list followable."""
    lists.add(searchable)
    topics.register(
        searchable.prefix, partial(topic, searchable), called=searchable.called, maker=partial(make, searchable)
    )


def topic(searchable: SearchableList, identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """Searches by their keys, or by what they ask where nobody follows them yet."""
    kept = _kept(searchable, identifiers)
    asked = {each: kept[each].query if each in kept else searchable.canonical(each) for each in identifiers}
    followable = {
        each: query for each, query in asked.items() if may_be_followed(query) and still_asks(searchable, query)
    }
    return {each: Topic(searchable.title(query), searchable.address(query)) for each, query in followable.items()}


def make(searchable: SearchableList, identifier: str) -> str | None:
    """The key of the search that asks this; it gets a row when it has none. For whoever sends the form to follow it."""
    kept = _kept(searchable, [identifier]).get(identifier)
    query = kept.query if kept else searchable.canonical(identifier)
    if not may_be_followed(query):
        return None
    SavedSearch.objects.bulk_create([SavedSearch(prefix=searchable.prefix, query=query)], ignore_conflicts=True)
    found = SavedSearch.objects.filter(prefix=searchable.prefix, query=query)
    found.update(asked_at=Now())
    return str(found.values_list("pk", flat=True).get())


def due(at: Moment) -> QuerySet[SavedSearch]:
    """The searches that nobody follows or ever confirmed, and for which nobody asked for long before that moment."""
    return SavedSearch.objects.filter(~followed(), asked_at__lt=at - UNFOLLOWED_SEARCHES.span)


def forget_unfollowed() -> int:
    """Delete them; returns how many."""
    return erasing.delete(due(Now()))


def followed() -> Exists:
    """The condition that somebody follows a search, or once did: a stopped subscription can be taken up again."""
    return Exists(_subscriptions())


def followed_now() -> Exists:
    """The condition that somebody is to be told of what a search finds."""
    return Exists(_subscriptions().active())


def _subscriptions() -> SubscriptionQuerySet:
    key = Concat(OuterRef("prefix"), Value(":"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    return Subscription.objects.filter(topic=key)


def _kept(searchable: SearchableList, identifiers: Iterable[str]) -> dict[str, SavedSearch]:
    keys = [key for each in identifiers if (key := _key(each))]
    rows = SavedSearch.objects.filter(prefix=searchable.prefix, pk__in=keys) if keys else ()
    return {str(row.pk): row for row in rows}


def _key(identifier: str) -> UUID | None:
    try:
        key = UUID(identifier)
    except ValueError:
        return None
    return key if str(key) == identifier else None
