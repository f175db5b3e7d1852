from notifications.models.messages import Message, MessageQuerySet, Suppression, UninvitedMail
from notifications.models.pauses import Pause
from notifications.models.subscriptions import Subscription, SubscriptionQuerySet

__all__ = [
    "Message",
    "MessageQuerySet",
    "Pause",
    "Subscription",
    "SubscriptionQuerySet",
    "Suppression",
    "UninvitedMail",
]
