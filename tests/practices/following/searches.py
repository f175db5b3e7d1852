"""Followed searches and what appears in them, for the tests of alerts."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hub.saved_searches import topics
from hub.saved_searches.models import SavedSearch
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from practices.following.searches import LIBRARY
from practices.practice.models.practice import Practice
from tests.factories.notifications import SubscriptionFactory
from tests.factories.practices import PracticeFactory

KIND = LIBRARY.kind
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def saved(query: str = "theme=19", told_until: datetime = NOON) -> SavedSearch:
    """A followed search, of which followers were told until some moment."""
    key = str(topics.make(LIBRARY, query))
    SavedSearch.objects.filter(pk=key).update(told_until=told_until, asked_at=NOON)
    return SavedSearch.objects.get(pk=key)


def publish(moment: datetime, title: str = "New home", **facts: Any) -> Practice:
    """A practice on housing that appeared at this moment."""
    texts = {"en": {"title": title, "summary": f"{title} in short."}}
    return PracticeFactory.create(**{"first_published_at": moment, "theme": ["19"], "texts": texts} | facts)


def follow(search: SavedSearch, **facts: Any) -> Subscription:
    """Somebody follows it since long ago."""
    return SubscriptionFactory.create(topic=search.topic, **facts)


def told() -> list[tuple[str, list[int]]]:
    """Who is told of what."""
    mails = Message.objects.filter(kind=KIND).order_by("pk")
    return sorted((mail.to_email, mail.context["found"]) for mail in mails)
