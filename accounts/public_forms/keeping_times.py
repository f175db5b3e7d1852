"""How long it is counted who sent what how often."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

# Twice the longest window of `throttling.allow`, a day: the cache lets go of them by itself.
COUNTERS = KeepingTime(
    "counters",
    _("counters: how often an internet connection or an account did something; digests, no addresses"),
    _("at most, after the act"),
    timedelta(days=2),
    subject=Subject.ACCOUNTS,
    ground=Ground.LEGITIMATE_INTEREST,
    why=_("So that robots cannot try passwords or send forms without end."),
    elsewhere=True,
)
