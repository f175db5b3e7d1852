"""How long receipts are kept; `consortia/sql/receipts_stay.sql` lets nobody delete one before."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

RECEIPTS = KeepingTime(
    "receipts",
    "receipts of declarations and proposals: names of consortium and organisations, none of people",
    "after they were issued",
    timedelta(days=3650),
)
