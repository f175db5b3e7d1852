"""What "my page" shows of this app."""

from django.utils.translation import gettext as _

from accounts import addresses
from accounts.models import User
from accounts.my_page import Section
from notifications import following


def followed(user: User, language: str) -> Section:
    """Everything that the addresses which this person proved follow."""
    rows = [row for email in addresses.proved_by(user) for row in following.all_followed(email, language)]
    return Section(_("What I follow"), "notifications/my_page.html", {"rows": rows})
