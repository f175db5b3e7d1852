"""How long a claim to an organisation is kept."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

CLAIMS = KeepingTime("claims", "claims to manage an organisation", "after the decision", timedelta(days=365))
