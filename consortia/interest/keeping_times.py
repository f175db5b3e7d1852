"""How long an organisation's interest in a call is kept."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

INTERESTS = KeepingTime(
    "interests",
    _("interests in a call"),
    _("until deleted by staff"),
    subject=Subject.CALLS,
    ground=Ground.SERVICE,
    why=_("So that partners find each other and the centre can account for the call."),
)
