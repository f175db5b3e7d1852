"""What "my page" shows of this app."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.my_page import Section
from notifications import following
from notifications.models import Subscription


def followed(user: User, language: str) -> Section:
    """Everything that this person's address follows."""
    subscriptions = Subscription.objects.active().of(user.email).order_by("-confirmed_at", "-pk")[:100]
    lines = (following.followed(subscription, language) for subscription in subscriptions)
    return Section(_("What I follow"), "notifications/my_page.html", {"rows": [line for line in lines if line]})
