"""How long what was noted at the door is kept."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

WALK_INS = KeepingTime(
    "walk_ins",
    _("names and addresses of people who came to an event without signing up"),
    _("after the event"),
    timedelta(days=30),
    subject=Subject.EVENTS,
    ground=Ground.SERVICE,
    why=_("So that we know who was in the building, and can send what was promised."),
)
SCANS = KeepingTime(
    "scans",
    _("at which door and by whom somebody was let in, and the links for helpers"),
    _("after the event"),
    timedelta(days=30),
    subject=Subject.EVENTS,
    ground=Ground.LEGITIMATE_INTEREST,
    why=_("So that several doors know the same, and a mistake can be put right."),
)
