"""How long it is kept what somebody with an account said of their situation."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

SITUATIONS = KeepingTime(
    "situations",
    _("what people who sign in said of their situation, to see which practices fit"),
    _("after the last change, or until they forget it themselves"),
    timedelta(days=365),
    subject=Subject.PRACTICES,
    ground=Ground.SERVICE,
    why=_("So that each practice tells whether it fits your situation."),
)
