"""How long it is known who follows what."""

from accounts.privacy.keeping import KeepingTime

# Also what was stopped: it proves what somebody agreed to, and when they took that back.
FOLLOWERS = KeepingTime(
    "followers",
    "followers: address, language, what they follow or stopped following, the wording they agreed to and when",
    "until they erase it themselves on the managing page (link in every mail)",
)
