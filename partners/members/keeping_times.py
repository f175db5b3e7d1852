"""How long an invitation to act for an organisation is kept."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

INVITATIONS = KeepingTime(
    "invitations", "invitations to act for an organisation", "after they were sent", timedelta(days=60)
)
