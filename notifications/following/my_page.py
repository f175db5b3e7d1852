"""What "my page" shows of this app."""

from django.utils.translation import gettext as _

from accounts.profile.my_page import Section
from accounts.users import addresses
from accounts.users.models import User
from notifications.following import overview


def followed(user: User, language: str) -> Section:
    """Everything that the addresses which this person proved follow."""
    rows = [row for email in addresses.proved_by(user) for row in overview.all_followed(email, language)]
    return Section(_("What I follow"), "notifications/my_page.html", {"rows": rows})
