"""How long a question is kept that the centre declined, and who proposed one."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

DECLINED = KeepingTime(
    "declined_questions",
    _("questions proposed for the learning agenda"),
    _("after they were declined"),
    timedelta(days=365),
    subject=Subject.LEARNING,
    ground=Ground.PUBLIC_TASK,
    why=_("So that who proposed one can read why, and the centre sees what comes back."),
)
QUESTIONS = KeepingTime(
    "learning_questions",
    _("questions of the learning agenda with their answers, and the names of who wrote them"),
    _("for good; names until the account is deleted"),
    subject=Subject.LEARNING,
    ground=Ground.PUBLIC_TASK,
    why=_("So that everybody can read what is known, since when and from whom."),
)
