"""What events hold about people."""

from functools import partial

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat, Now, Substr
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.declarations import PersonalData, Stays, acted
from accounts.personal_data.subjects import Subject
from events.afterwards.keeping_times import CERTIFICATES
from events.afterwards.models import Certificate
from events.agenda.models import Event
from events.door.keeping_times import SCANS, WALK_INS
from events.door.models import DoorPass, Scan, WalkIn
from events.feedback.keeping_times import FEEDBACK_GIVEN
from events.feedback.models import FeedbackGiven
from events.moving.models import EventChange
from events.questions.keeping_times import SENSITIVE_ANSWERS
from events.questions.models import Answer, SensitiveAnswer
from events.seats import own_seat
from events.seats.keeping_times import REGISTRATIONS
from events.seats.models import Registration
from hub.facts.keeping_times import RECORD

SEAT = _("So that you have your seat, and the organisers can prepare.")
of_a_seat = partial(PersonalData, people=("registration__user",), addresses=("registration__email",))


def give_seats_back(subject: Subject) -> None:
    """A seat at what is still to come goes to who waits; what was no seat at an event that took place is deleted."""
    mine = SEATS.rows(subject)
    for each in mine.filter(event__ends_at__gt=Now()).select_related("event"):
        own_seat.cancel(each)
    took_place = Q(event__ends_at__lte=Now(), status=Registration.Status.CONFIRMED)
    mine.exclude(took_place).delete()


SEATS = PersonalData(
    Registration, why=SEAT, kept=REGISTRATIONS, people=("user",), addresses=("email",), first=give_seats_back,
    fields=("event", "name", "email", "organisation_name", "language", "access_needs", "status", "wish", "seat",
            "consent_wording", "created_at", "cancelled_at", "waiting_since", "came_at"),
    written=("language",), theirs_not=("person", "sent_as", "line"),
    stays=Stays(
        _("Seats at events that took place count as numbers: no name, no address, nothing that you said."),
        without={
            # Told apart by something that says nothing: the name is part of what must not be there twice.
            "name": Concat(Value("– "), Substr(Cast(F("uuid"), CharField()), 1, 18)),
            "email": "", "organisation_name": "", "access_needs": "", "consent_wording": "",
            "sent_as": "", "line": "", "party": None,
        },
    ),
)  # fmt: skip

DECLARED = [
    of_a_seat(Answer, why=SEAT, kept=REGISTRATIONS, fields=("question", "value")),
    of_a_seat(SensitiveAnswer, why=SEAT, kept=SENSITIVE_ANSWERS, fields=("question", "value")),
    of_a_seat(
        Certificate, why=_("So that you can show that you were there."), kept=CERTIFICATES,
        fields=("number", "name", "issued_at"),
    ),
    of_a_seat(
        FeedbackGiven, why=_("So that everybody gives feedback once; what you said is not joined to you."),
        kept=FEEDBACK_GIVEN, fields=("registration",), named=_("that you gave feedback"),
        reads=("registration__event",),
    ),
    of_a_seat(
        Scan, why=_("So that it is known who is inside."), kept=SCANS, fields=("kind", "day", "happened_at"),
        written=("kind", "day", "happened_at"), theirs_not=("device",), named=_("what was noted of you at the door"),
        stays=Stays(_("That somebody came in; it names nobody and goes 30 days after the event.")),
    ),
    SEATS,
    PersonalData(
        WalkIn, why=_("So that it is known who is inside."), kept=WALK_INS, addresses=("email",),
        fields=("event", "name", "email", "organisation_name", "language", "created_at", "came_at"),
        theirs_not=("person",),
    ),
    PersonalData(
        Event.organisers.through, why=_("So that you see the seats of your events."), kept=RECORD, people=("user",),
        fields=("event",), named=_("events that you organise"),
    ),
    acted(Scan, "by", kept=SCANS, theirs_not=("device",)),
    acted(DoorPass, "made_by", kept=SCANS, theirs_not=("label",)),
    acted(EventChange, "made_by", kept=RECORD, written=("reason",), theirs_not=(
        "old_attendance", "old_venue", "old_address", "old_online_url", "new_attendance", "new_venue", "new_address",
        "new_online_url")),
]  # fmt: skip
