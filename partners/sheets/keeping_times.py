"""How long an uploaded spreadsheet is kept."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

IMPORTS = KeepingTime(
    "organisation_imports",
    _("spreadsheets of organisations that were uploaded"),
    _("after the upload"),
    timedelta(days=1),
    subject=Subject.ORGANISATIONS,
    ground=Ground.LEGITIMATE_INTEREST,
    why=_("So that staff see what an import does before it is done."),
)
