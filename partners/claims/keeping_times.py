"""How long a claim to an organisation is kept."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

CLAIMS = KeepingTime(
    "claims",
    _("claims to manage an organisation"),
    _("after the decision"),
    timedelta(days=365),
    subject=Subject.ORGANISATIONS,
    ground=Ground.LEGITIMATE_INTEREST,
    why=_("So that it can be followed why somebody was given an organisation, or was not."),
)
