"""How long an experience is kept that the centre declined."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

DECLINED = KeepingTime(
    "declined_experiences",
    _("experiences told for the learning agenda"),
    _("after they were declined"),
    timedelta(days=365),
    subject=Subject.LEARNING,
    ground=Ground.PUBLIC_TASK,
    why=_("So that who told one can read why it was declined."),
)
