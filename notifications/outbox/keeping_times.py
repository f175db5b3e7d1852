"""How long it is known who got which mail."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

# What was sent, failed or was taken back: a year of reporting and a little more.
MAILS = KeepingTime("mails", "outbox: who got which mail", "after it left", timedelta(days=400))
# What went and what stays, to an address that was erased: nobody needs it once it left.
LAST_MAILS = KeepingTime(
    "last_mails", "to which address the last mail about an erasure went", "after it left or failed", timedelta(hours=1)
)
# After this long a mail no longer counts against the cap of its mailbox.
UNINVITED_MAILS = KeepingTime(
    "uninvited_mails",
    "how much mail strangers cause in a mailbox: digests, no addresses",
    "after it left",
    timedelta(hours=1),
)
