"""How long it is known who refused our mail."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

REFUSING_DOMAINS = KeepingTime(
    "refusing_domains",
    _("domains that refused our mail"),
    _("after we may write to them again"),
    timedelta(days=1),
    subject=Subject.MAIL,
    ground=Ground.LEGITIMATE_INTEREST,
    why=_("So that we do not write to a server that refuses us."),
)
