"""What an address follows, as pages show it."""

from dataclasses import dataclass

from notifications.subscriptions import offsets, topics
from notifications.subscriptions.links import manage_token, stop_token
from notifications.subscriptions.models import Subscription

MOST = 200


@dataclass(frozen=True)
class Followed:
    """One topic that somebody follows."""

    pk: int
    topic: topics.Topic
    offset_labels: list[str]
    language: str
    stop_token: str
    manage_token: str


def followed(subscription: Subscription, topic: topics.Topic) -> Followed:
    """One line of the list."""
    hours = subscription.offsets if topic.has_deadlines else []
    return Followed(
        pk=subscription.pk,
        topic=topic,
        offset_labels=[offsets.label(hour) for hour in hours],
        language=subscription.language,
        stop_token=stop_token(subscription),
        manage_token=manage_token(subscription),
    )


def all_followed(email: str, language: str) -> list[Followed]:
    """Everything that an address follows, the newest first; what is no longer public sends no mail and is left out."""
    subscriptions = list(Subscription.objects.active().of(email).order_by("-confirmed_at", "-pk")[:MOST])
    known = topics.resolve_all([each.topic for each in subscriptions], language)
    return [followed(each, known[each.topic]) for each in subscriptions if each.topic in known]
