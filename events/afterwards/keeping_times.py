"""How long certificates are kept."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

# As long as projects of the ESF+ keep their papers (Regulation (EU) 2021/1060, article 82).
CERTIFICATES = KeepingTime(
    "certificates", "certificates of attendance: name and number", "after the event", timedelta(days=5 * 365)
)
