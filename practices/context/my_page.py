"""What "my page" shows of a reader's situation."""

from django.utils.translation import gettext as _

from accounts.profile.my_page import Section
from accounts.users.models import User
from practices.context import remembering
from practices.context.words import in_words


def situation_section(user: User, language: str) -> Section | None:
    """What this person said, and the way to change or forget it."""
    said = remembering.kept_for(user)
    return Section(_("My situation"), "practices/my_context.html", {"words": in_words(said)}) if said else None
