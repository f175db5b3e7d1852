"""How long a search is kept that can be followed."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

# One that nobody confirmed, or whose last follower was erased.
UNFOLLOWED_SEARCHES = KeepingTime(
    "searches",
    _("searches that nobody follows"),
    _("after somebody last asked for one"),
    timedelta(days=7),
    subject=Subject.MAIL,
    ground=Ground.SERVICE,
    why=_("So that somebody can still confirm that they want to hear of it."),
)
SEARCH_WORDS = KeepingTime(
    "search_words",
    _("words that somebody searches for"),
    _("not kept, but where somebody follows a search"),
    subject=Subject.PORTAL,
    ground=Ground.SERVICE,
    why=_("To find what you look for; nothing else needs them."),
)
