from datetime import UTC, datetime

import factory

from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription


class SubscriptionFactory(factory.django.DjangoModelFactory[Subscription]):
    """Somebody who confirmed long ago."""

    class Meta:
        model = Subscription

    email = factory.Sequence(lambda n: f"follower{n}@example.org")
    topic = "news"
    language = "en"
    status = Subscription.Status.ACTIVE
    consent_wording = "I want mails."
    confirmed_at = datetime(2020, 1, 1, tzinfo=UTC)


class MessageFactory(factory.django.DjangoModelFactory[Message]):
    """A mail that waits; its words are those of the confirmation."""

    class Meta:
        model = Message

    kind = "notifications/confirm"
    to_email = factory.Sequence(lambda n: f"reader{n}@example.org")
    language = "en"
    context = factory.LazyFunction(lambda: {"title": "A call", "confirm_url": "https://example.org/yes", "days": 3})
    dedupe_key = factory.Sequence(lambda n: f"test:{n}")
