"""How long what was noted at the door is kept."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

WALK_INS = KeepingTime(
    "walk_ins",
    "names and addresses of people who came to an event without signing up",
    "after the event",
    timedelta(days=30),
)
SCANS = KeepingTime(
    "scans",
    "at which door and by whom somebody was let in, and the links for helpers",
    "after the event",
    timedelta(days=30),
)
