"""How long what people told when they signed up is kept."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

REGISTRATIONS = KeepingTime("registrations", "registrations for events", "until deleted by staff")
# Such needs can tell something about health (GDPR, article 9).
ACCESS_NEEDS = KeepingTime(
    "access_needs",
    "what was said about access needs",
    "after the event",
    timedelta(days=30),
)
UNPROVED_SEATS = KeepingTime(
    "unproved_seats",
    "seats that nobody confirmed, and digests of the lines that seats came from",
    "until the event is over",
    timedelta(0),
)
