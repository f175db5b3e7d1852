"""What the page behind the link of a seat shows once the event is over: you came, feedback, certificate, materials."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from events.afterwards.keeping_times import CERTIFICATES
from events.afterwards.models import EventMaterial
from events.agenda.models import Event
from events.agenda.ways import Way
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
        is_missed=missed(event).filter(pk=registration.pk).exists(),
        feedback=answering.standing(registration) if came else "closed",
        materials=materials(event),
        token=links.cancel_token(registration),
    )


def missed(event: Event) -> QuerySet[Registration]:
    """Who had a seat for good where people were noted, and was not: nobody where nobody was noted.

    Where there is a room, only those are missed who had a seat in it. Who was noted by name as somebody without
    registration was there.
    """
    seated = Registration.objects.confirmed().filter(event=event, seat=event.ways[0], reserved_until=None)
    came = Registration.objects.who_came().filter(event=event)
    if event.ways[0] == Way.ROOM:
        came = came.exclude(seat=Way.ONLINE)
    others = event.walk_ins.filter(came_at__isnull=False).values("person")
    found = seated.filter(came_at=None).exclude(person__in=others)
    return found if came.exists() else found.none()


def materials(event: Event) -> list[EventMaterial]:
    """What every visitor may have of what was shown, in the order that staff gave it."""
    return list(EventMaterial.objects.public().filter(event=event).select_related("document"))


def materials_of(events: Sequence[Event]) -> dict[int, list[EventMaterial]]:
    """The same of several, in one query."""
    found: dict[int, list[EventMaterial]] = {event.pk: [] for event in events}
    for each in EventMaterial.objects.public().filter(event__in=found).select_related("document"):
        found[each.event_id].append(each)
    return found
