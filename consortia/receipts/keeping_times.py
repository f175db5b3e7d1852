"""How long receipts are kept; `consortia/sql/receipts_stay.sql` lets nobody delete one before."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

RECEIPTS = KeepingTime(
    "receipts",
    _("receipts of declarations and proposals: names of consortium and organisations, none of people"),
    _("after they were issued"),
    timedelta(days=3650),
    subject=Subject.CALLS,
    ground=Ground.LEGAL_DUTY,
    why=_("So that a declaration can be proved as long as funded projects keep their papers."),
)
