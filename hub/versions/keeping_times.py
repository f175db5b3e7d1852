"""How long earlier versions of pages and facts are kept."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

VERSIONS = KeepingTime(
    "versions",
    _("earlier versions of what staff edit, who wrote them, and remarks of their review"),
    _("after they were written, once a newer one took their place"),
    timedelta(days=3 * 365),
    subject=Subject.PORTAL,
    ground=Ground.LEGITIMATE_INTEREST,
    why=_("So that staff can compare and go back to what stood there before."),
)
