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
