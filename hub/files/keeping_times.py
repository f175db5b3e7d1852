"""How long what staff upload is kept."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

UPLOADS = KeepingTime(
    "uploads",
    _("pictures and documents that staff uploaded, and who did"),
    _("until staff delete them"),
    subject=Subject.PORTAL,
    ground=Ground.PUBLIC_TASK,
    why=_("So that pages can show them."),
)
