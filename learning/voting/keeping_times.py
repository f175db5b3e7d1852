"""How long it is known who voted for an organisation."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

VOTES = KeepingTime(
    "votes",
    _("what organisations voted for on the learning agenda, and who did it for them"),
    _("for good; the person until the account is deleted"),
    subject=Subject.LEARNING,
    ground=Ground.PUBLIC_TASK,
    why=_("So that it can be followed how the agenda came about, with one vote for each organisation."),
)
