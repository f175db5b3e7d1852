"""What "my page" shows of the shortlist."""

from django.utils.translation import gettext as _

from accounts.profile.my_page import Section
from accounts.users.models import User
from practices.practice.models.practice import Practice


def shortlist_section(user: User, language: str) -> Section | None:
    """How many practices this person keeps, and the way there."""
    count = Practice.objects.public().filter(shortlist_entries__user=user).count()
    if not count:
        return None
    return Section(_("Practices I keep"), "practices/my_shortlist.html", {"count": count})
