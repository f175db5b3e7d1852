"""How long what people told when they signed up is kept."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

REGISTRATIONS = KeepingTime(
    "registrations",
    _("registrations for events"),
    _("until deleted by staff"),
    subject=Subject.EVENTS,
    ground=Ground.SERVICE,
    why=_("So that we know whom we expect, and can account for who came."),
)
# Such needs can tell something about health (GDPR, article 9).
ACCESS_NEEDS = KeepingTime(
    "access_needs",
    _("what was said about access needs"),
    _("after the event"),
    timedelta(days=30),
    subject=Subject.EVENTS,
    ground=Ground.CONSENT,
    why=_("So that the place, the programme and the meal suit you."),
)
UNPROVED_SEATS = KeepingTime(
    "unproved_seats",
    _("seats that nobody confirmed, and digests of the internet connections that they were asked for from"),
    _("until the event is over"),
    timedelta(0),
    subject=Subject.EVENTS,
    ground=Ground.SERVICE,
    why=_("So that a seat is not given away while somebody confirms it."),
)
