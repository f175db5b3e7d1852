"""How long an organisation's interest in a call is kept."""

from accounts.privacy.keeping import KeepingTime

INTERESTS = KeepingTime("interests", "interests in a call", "until deleted by staff")
