"""How long what somebody sent in about a practice is kept."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

DRAFTS = KeepingTime(
    "drafts_of_practices",
    _("practices that somebody describes and has not sent"),
    _("after the last change"),
    timedelta(days=365),
    subject=Subject.PRACTICES,
    ground=Ground.SERVICE,
    why=_("So that you can go on writing later."),
)
# So long somebody can still read and copy what they wrote, whatever the decision was.
DECIDED = KeepingTime(
    "decided_practices",
    _("answers and files of practices that somebody sent"),
    _("after the decision"),
    timedelta(days=90),
    subject=Subject.PRACTICES,
    ground=Ground.SERVICE,
    why=_("So that you can read and copy what you wrote."),
)
STRAY_FILES = KeepingTime(
    "stray_files",
    _("files sent about a practice that is gone"),
    _("after the upload"),
    timedelta(days=1),
    subject=Subject.PRACTICES,
    ground=Ground.LEGITIMATE_INTEREST,
    why=_("So that an upload that is not finished yet is not lost."),
)
