"""How long the record of changes is kept."""

from accounts.privacy.keeping import KeepingTime

RECORD = KeepingTime(
    "record",
    "what staff changed in the admin: who, when, the values before and after",
    "for good; an address that its owner erases is taken out of the values",
)
