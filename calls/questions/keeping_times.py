"""How long it is known who asked a question."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

ASKERS = KeepingTime(
    "askers",
    _("questions: name and address of the asker"),
    _("after the answer"),
    timedelta(days=30),
    subject=Subject.CALLS,
    ground=Ground.SERVICE,
    why=_("So that we can send you the answer and ask what you meant."),
)
ASKERS_UNANSWERED = KeepingTime(
    "askers_unanswered",
    _("the same where nobody answers"),
    _("after the question"),
    timedelta(days=365),
    subject=Subject.CALLS,
    ground=Ground.SERVICE,
    why=_("So that we can still send you the answer."),
)
