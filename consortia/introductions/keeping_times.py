"""How long it is kept who asked whom to be introduced."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

INTRODUCTIONS = KeepingTime(
    "introductions", "introductions of organisations to one another", "after they were asked for", timedelta(days=365)
)
