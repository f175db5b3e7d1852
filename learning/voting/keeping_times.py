"""How long it is known who voted for an organisation."""

from accounts.privacy.keeping import KeepingTime

VOTES = KeepingTime(
    "votes",
    "what organisations voted for on the learning agenda, and who did it for them",
    "for good; the person until the account is deleted",
)
