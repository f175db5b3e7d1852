"""How long it is remembered where somebody had a mailbox before."""

from accounts.privacy.keeping import KeepingTime
from partners.members.keeping_times import FORMER

# As long as for whom they acted: both say the same about a conflict.
MAILBOXES = KeepingTime(
    "former_mailboxes",
    "at which domain somebody who has an account had a mailbox before; no address, no public provider",
    "after it went",
    FORMER.span,
)
