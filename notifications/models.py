"""The models of all rooms, where Django looks for them; nothing else imports this."""

from notifications.delivery.models import Pause
from notifications.outbox.models import Message, Suppression, UninvitedMail
from notifications.subscriptions.models import Subscription

__all__ = ["Message", "Pause", "Subscription", "Suppression", "UninvitedMail"]
