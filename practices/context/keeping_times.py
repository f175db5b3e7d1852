"""How long it is kept what somebody with an account said of their situation."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

SITUATIONS = KeepingTime(
    "situations",
    "what people who sign in said of their situation, to see which practices fit",
    "after the last change, or until they forget it themselves",
    timedelta(days=365),
)
