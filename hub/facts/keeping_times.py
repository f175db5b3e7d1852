"""How long the record of changes is kept."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

RECORD = KeepingTime(
    "record",
    _("what staff changed in the admin: who, when, the values before and after"),
    _("after the change; an address that its owner erases is taken out at once"),
    timedelta(days=10 * 365),
    subject=Subject.PORTAL,
    ground=Ground.LEGAL_DUTY,
    why=_("So that it can be followed and taken back, and public money accounted for."),
)
