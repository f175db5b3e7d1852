"""How long it is known who follows what."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

# Also what was stopped: it proves what somebody agreed to, and when they took that back.
FOLLOWERS = KeepingTime(
    "followers",
    _("followers: address, language, what they follow or stopped following, the wording they agreed to and when"),
    _("until they erase it themselves on the managing page (link in every mail)"),
    subject=Subject.MAIL,
    ground=Ground.CONSENT,
    why=_("To send what you asked for, and to prove that you asked for it."),
)
