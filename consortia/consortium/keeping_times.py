"""How long consortia are kept, drafts and declared ones alike, with all that is in them and who did what."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

CONSORTIA = KeepingTime(
    "consortia",
    _("consortia, drafts and declared ones, with their files, notes, tasks, proposals, logs and sign-offs"),
    _("after the last change"),
    timedelta(days=730),
    subject=Subject.CALLS,
    ground=Ground.SERVICE,
    why=_("So that partners can work together and look things up afterwards."),
)
