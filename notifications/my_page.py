"""What "my page" shows of this app."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.my_page import Section
from notifications import following


def followed(user: User, language: str) -> Section:
    """Everything that this person's address follows."""
    rows = following.all_followed(user.email, language)
    return Section(_("What I follow"), "notifications/my_page.html", {"rows": rows})
