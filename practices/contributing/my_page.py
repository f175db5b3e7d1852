"""What "my page" shows of submissions."""

from django.utils.translation import gettext as _

from accounts.profile.my_page import Section
from accounts.users.models import User
from practices.submissions.models import Submission

_SHOWN = 10


def my_practices(user: User, language: str) -> Section:
    """What this person submitted and where it is, and the way to submit something."""
    submissions = Submission.objects.of(user).select_related("practice")[:_SHOWN]
    return Section(_("My practices"), "practices/my_page.html", {"submissions": submissions})
