"""How long an offer or request is kept once nobody sees it."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

NOTICES = KeepingTime(
    "notices",
    _("offers and requests"),
    _("after they are over or withdrawn"),
    timedelta(days=365),
    subject=Subject.ORGANISATIONS,
    ground=Ground.SERVICE,
    why=_("So that an organisation can read or renew what it offered or looked for."),
)
