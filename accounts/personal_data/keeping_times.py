"""How long copies of somebody's data and the record of erasures are kept."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

DATA_COPIES = KeepingTime(
    "data_copies",
    _("copies of their data that people asked for"),
    _("after they were asked for"),
    timedelta(days=7),
    subject=Subject.ACCOUNTS,
    ground=Ground.SERVICE,
    why=_("So that you can fetch yours."),
)
# Longer than any backup is kept: a restored one must be told what to forget again.
ERASURES = KeepingTime(
    "erasures",
    _("that somebody was erased, when and by whom: keyed hashes, no addresses"),
    _("after the erasure"),
    timedelta(days=3 * 365),
    subject=Subject.ACCOUNTS,
    ground=Ground.LEGAL_DUTY,
    why=_("So that your data is erased again if a backup is restored."),
)
