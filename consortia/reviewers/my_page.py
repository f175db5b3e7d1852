"""What "my page" shows of calls that somebody reviews."""

from django.utils.translation import gettext as _

from accounts.profile.my_page import Section
from accounts.users.models import User
from consortia.reviewers.models import Reviewer

_SHOWN = 20


def reviewing(user: User, language: str) -> Section | None:
    """The calls, the newest first, with the role in each."""
    seats = Reviewer.objects.active().filter(user=user).select_related("call").order_by("-pk")[:_SHOWN]
    return Section(_("Reviewing"), "consortia/reviewing/my_page.html", {"seats": seats}) if seats else None
