"""How long it is kept who reviewed a call, and what they judged."""

from accounts.privacy.keeping import KeepingTime

REVIEWERS = KeepingTime(
    "reviewers",
    "who reviewed a call, their conflicts of interest and what they judged",
    "until the consortia of the call are erased; the name and the role until the account or the call is deleted",
)
