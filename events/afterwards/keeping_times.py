"""How long certificates are kept."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

# As long as projects of the ESF+ keep their papers (Regulation (EU) 2021/1060, article 82).
CERTIFICATES = KeepingTime(
    "certificates",
    _("certificates of attendance: name and number"),
    _("after the event"),
    timedelta(days=5 * 365),
    subject=Subject.EVENTS,
    ground=Ground.LEGAL_DUTY,
    why=_("So that a certificate can be checked as long as funded projects keep their papers."),
)
