"""How long an offer or request is kept once nobody sees it."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

NOTICES = KeepingTime("notices", "offers and requests", "after they are over or withdrawn", timedelta(days=365))
