"""How long it is kept who reviewed a call, and what they judged."""

from accounts.privacy.keeping import KeepingTime

REVIEWERS = KeepingTime(
    "reviewers",
    "who reviewed a call, their conflicts of interest and what they judged",
    "as long as the consortia of the call; the name until their account is deleted",
)
