"""How long a search is kept that can be followed."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

# One that nobody confirmed, or whose last follower was erased.
UNFOLLOWED_SEARCHES = KeepingTime(
    "searches", "searches that nobody follows", "after somebody last asked for one", timedelta(days=7)
)
