"""How long an experience is kept that the centre declined."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

DECLINED = KeepingTime(
    "declined_experiences", "experiences told for the learning agenda", "after they were declined", timedelta(days=365)
)
