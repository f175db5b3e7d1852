"""What the page behind the link of a seat shows once the event is over: you came, feedback, certificate, materials."""

from dataclasses import dataclass

from events.afterwards.keeping_times import CERTIFICATES
from events.afterwards.models import EventMaterial
from events.agenda.models import Event
from events.feedback import answering
from events.seats import links
from events.seats.models import Registration


@dataclass(frozen=True)
class Steps:
    """What is there for the holder of a seat; `is_missed`: others were noted at the door, and they were not."""

    came: bool
    is_missed: bool
    feedback: str
    materials: list[EventMaterial]
    token: str
    certificate_years: int = CERTIFICATES.days // 365


def steps(registration: Registration) -> Steps:
    """What somebody with a seat can do after the event. `feedback` is `open`, `given` or `closed`."""
    event = registration.event
    came = Registration.objects.who_came().filter(pk=registration.pk).exists()
    return Steps(
        came=came,
        is_missed=not came and has_seat(registration) and anybody_came(event),
        feedback=answering.standing(registration) if came else "closed",
        materials=materials(event),
        token=links.cancel_token(registration),
    )


def has_seat(registration: Registration) -> bool:
    """Whether somebody had a seat for good."""
    return Registration.objects.confirmed().filter(pk=registration.pk, reserved_until=None).exists()


def anybody_came(event: Event) -> bool:
    """Whether people were noted at the door at all; without that nobody is told that they were missed."""
    return Registration.objects.who_came().filter(event=event).exists()


def materials(event: Event) -> list[EventMaterial]:
    """What every visitor may have of what was shown, in the order that staff gave it."""
    return list(EventMaterial.objects.public().filter(event=event).select_related("document"))
