"""How long it is remembered where somebody had a mailbox before."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject
from partners.members.keeping_times import FORMER

# As long as for whom they acted: both say the same about a conflict.
MAILBOXES = KeepingTime(
    "former_mailboxes",
    _("at which domain somebody who has an account had a mailbox before; no address, no public provider"),
    _("after it went"),
    FORMER.span,
    subject=Subject.CALLS,
    ground=Ground.PUBLIC_TASK,
    why=_("To find conflicts of interest of reviewers."),
)
