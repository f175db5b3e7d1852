"""How long it is known who voted for an organisation."""

from accounts.privacy.keeping import KeepingTime

VOTES = KeepingTime(
    "votes",
    "what organisations voted for on the learning agenda, and who did it for them",
    "as long as the portal; the person until the account is deleted",
)
