"""How long what lies beside the database is kept: what waits in the queue, what is logged, backups."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

QUEUE = KeepingTime(
    "queue",
    _("tasks that wait: which, and keys of rows; no names"),
    _("until they are done"),
    subject=Subject.PORTAL,
    ground=Ground.LEGITIMATE_INTEREST,
    why=_("So that the portal does what waits, also after a standstill."),
)
# docker-compose.yml says how many lines of each process.
LOGS = KeepingTime(
    "logs",
    _("lines that the programs write of what they do and what fails"),
    _("until newer lines take their place"),
    subject=Subject.PORTAL,
    ground=Ground.LEGITIMATE_INTEREST,
    why=_("So that failures and attacks can be found."),
)
# A promise of the operator's: the portal does not see where they lie.
BACKUPS = KeepingTime(
    "backups",
    _("backups of all this"),
    _("after they were made"),
    timedelta(days=settings.BACKUPS_KEPT_DAYS),
    subject=Subject.PORTAL,
    ground=Ground.LEGAL_DUTY,
    why=_("So that nothing is lost when a machine breaks."),
    elsewhere=True,
)
