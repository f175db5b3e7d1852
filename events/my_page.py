"""What "my page" shows of this app."""

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.my_page import Section
from events.models import Registration


def signed_up(user: User, language: str) -> Section:
    """The meetings to come that this person has a seat at."""
    registrations = (
        Registration.objects.confirmed()
        .filter(user=user, event__ends_at__gt=Now())
        .select_related("event")
        .order_by("event__starts_at", "pk")[:50]
    )
    return Section(_("What I signed up for"), "events/my_page.html", {"registrations": registrations})
