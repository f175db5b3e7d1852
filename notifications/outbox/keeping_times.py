"""How long it is known who got which mail."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

# What was sent, failed or was taken back: a year of reporting and a little more.
MAILS = KeepingTime(
    "mails",
    _("outbox: who got which mail"),
    _("after it left"),
    timedelta(days=400),
    subject=Subject.MAIL,
    ground=Ground.LEGITIMATE_INTEREST,
    why=_("So that we can see what arrived, and send again what did not."),
)
# What went and what stays, to an address that was erased: nobody needs it once it left.
LAST_MAILS = KeepingTime(
    "last_mails",
    _("to which address the last mail about an erasure went"),
    _("after it left or failed"),
    timedelta(hours=1),
    subject=Subject.MAIL,
    ground=Ground.LEGAL_DUTY,
    why=_("So that you hear what was erased and what is kept."),
)
# After this long a mail no longer counts against the cap of its mailbox.
UNINVITED_MAILS = KeepingTime(
    "uninvited_mails",
    _("how much mail strangers cause in a mailbox: digests, no addresses"),
    _("after it left"),
    timedelta(hours=1),
    subject=Subject.MAIL,
    ground=Ground.LEGITIMATE_INTEREST,
    why=_("So that nobody can flood your mailbox through our forms."),
)
