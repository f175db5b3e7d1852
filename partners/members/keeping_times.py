"""How long it is kept who acts for an organisation, and who was asked to."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

INVITATIONS = KeepingTime(
    "invitations", "invitations to act for an organisation", "after they were sent", timedelta(days=60)
)
MEMBERSHIPS = KeepingTime(
    "memberships", "who acts for an organisation", "until they leave, are removed, or their account is deleted"
)
# As long as the Commission looks back in its own evaluations: the code of conduct for its experts asks whether somebody
# worked for an applicant in the last three years.
FORMER = KeepingTime(
    "former_memberships", "who acted for an organisation before", "after it ended", timedelta(days=3 * 365)
)
