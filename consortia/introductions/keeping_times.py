"""How long it is kept who asked whom to be introduced."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

INTRODUCTIONS = KeepingTime(
    "introductions",
    _("introductions of organisations to one another"),
    _("after they were asked for"),
    timedelta(days=365),
    subject=Subject.CALLS,
    ground=Ground.SERVICE,
    why=_("So that both sides know what was asked and answered."),
)
