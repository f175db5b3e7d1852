"""How long it is kept who acts for an organisation, and who was asked to."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

INVITATIONS = KeepingTime(
    "invitations", "invitations to act for an organisation", "after they were sent", timedelta(days=60)
)
MEMBERSHIPS = KeepingTime(
    "memberships", "who acts for an organisation", "until they leave, are removed, or their account is deleted"
)
