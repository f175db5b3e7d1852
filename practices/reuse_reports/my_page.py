"""What "my page" shows of reports of reuse."""

from django.utils.translation import gettext as _

from accounts.profile.my_page import Section
from accounts.users.models import User
from practices.practice.presentation import text_for
from practices.reuse.models.reuses import Reuse

_SHOWN = 10


def reuses(user: User, language: str) -> Section | None:
    """What the organisations of this person reported, the newest first; nothing for who reported none."""
    theirs = Reuse.objects.of(user).with_facts().select_related("practice").prefetch_related("practice__texts")
    rows = [
        {"reuse": each, "text": text_for(each.practice.texts.all(), language, each.practice.original_language)}
        for each in theirs[:_SHOWN]
    ]
    return Section(_("Practices that we took up"), "practices/reuse/my_page.html", {"rows": rows}) if rows else None
