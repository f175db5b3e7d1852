"""What "my page" shows of the library."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.my_page import Section
from practices.models.practice import Practice
from practices.models.submission import Submission

_SHOWN = 10


def my_practices(user: User, language: str) -> Section:
    """What this person submitted and where it is, and the way to submit something."""
    submissions = Submission.objects.of(user).select_related("practice")[:_SHOWN]
    return Section(_("My practices"), "practices/my_page.html", {"submissions": submissions})


def shortlist_section(user: User, language: str) -> Section | None:
    """How many practices this person keeps, and the way there."""
    count = Practice.objects.public().filter(shortlist_entries__user=user).count()
    if not count:
        return None
    return Section(_("Practices I keep"), "practices/my_shortlist.html", {"count": count})
