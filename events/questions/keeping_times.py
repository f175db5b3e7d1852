"""How long answers to an organiser's sensitive questions are kept."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

# Such answers can tell something about health or belief (GDPR, article 9).
SENSITIVE_ANSWERS = KeepingTime(
    "sensitive_answers",
    _("answers to an organiser’s sensitive questions"),
    _("after the event"),
    timedelta(days=30),
    subject=Subject.EVENTS,
    ground=Ground.CONSENT,
    why=_("So that the organiser can receive you as you need it."),
)
