"""How long it is known who refused our mail."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

REFUSING_DOMAINS = KeepingTime(
    "refusing_domains", "domains that refused our mail", "after we may write to them again", timedelta(days=1)
)
