"""How long uploads are kept that became no file, and files whose consortium is gone."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

UNFINISHED = KeepingTime(
    "unfinished_uploads",
    _("uploads for a consortium that were not finished"),
    _("after their last part"),
    timedelta(days=1),
    subject=Subject.CALLS,
    ground=Ground.SERVICE,
    why=_("So that an upload can go on after a break."),
)
STRAY = KeepingTime(
    "stray_files_of_consortia",
    _("files of a consortium that is gone"),
    _("after the upload"),
    timedelta(days=1),
    subject=Subject.CALLS,
    ground=Ground.LEGITIMATE_INTEREST,
    why=_("So that an upload that is not finished yet is not lost."),
)
