"""How long it is kept who reviewed a call, and what they judged."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

REVIEWERS = KeepingTime(
    "reviewers",
    _("who reviewed a call, their conflicts of interest and what they judged"),
    _("until the consortia of the call are erased; the name and the role until the account or the call is deleted"),
    subject=Subject.CALLS,
    ground=Ground.PUBLIC_TASK,
    why=_("So that a decision about a call can be followed and nobody judges their own."),
)
