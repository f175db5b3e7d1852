"""What an address follows, as pages show it."""

from dataclasses import dataclass

from notifications import offsets, topics
from notifications.models import Subscription
from notifications.tokens import stop_token


@dataclass(frozen=True)
class Followed:
    """One topic that somebody follows."""

    topic: topics.Topic
    offset_labels: list[str]
    stop_token: str


def followed(subscription: Subscription, language: str) -> Followed | None:
    """One line of the list; None when the topic is no longer public."""
    topic = topics.resolve(subscription.topic, language)
    if topic is None:
        return None
    hours = subscription.offsets if topic.has_deadlines else []
    return Followed(topic, [offsets.label(hour) for hour in hours], stop_token(subscription))
