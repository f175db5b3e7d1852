"""How long copies of somebody's data and the record of erasures are kept."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

DATA_COPIES = KeepingTime(
    "data_copies", "copies of their data that people asked for", "after they were asked for", timedelta(days=7)
)
# Longer than any backup is kept: a restored one must be told what to forget again.
ERASURES = KeepingTime(
    "erasures",
    "that somebody was erased, when and by whom: keyed hashes, no addresses",
    "after the erasure",
    timedelta(days=3 * 365),
)
