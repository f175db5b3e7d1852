"""What `facts` tells of the doors of events: one for a story, and one with people in every state for the walk."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from events.agenda.models import Event
from events.door import check_in, doors, passes
from events.door.doors import Door
from tests.factories.events import RegistrationFactory, door_pass, event_today

DOOR_EVENT = UUID("6f9e1f0a-53a1-4c5e-9a57-5a3d2f7d1c12")


def door(*names: str) -> dict[str, Any]:
    """An event of today for which these people signed up: the link for helpers, and where each seat's code leads."""
    event = event_today(title="Open house")
    seats = [RegistrationFactory.create(event=event, name=name, organisation_name="House of Ideas") for name in names]
    link = reverse("door:start", args=[passes.token_of(door_pass(event))])
    codes = {seat.name: reverse("door:seat", args=[event.uid, seat.uuid]) for seat in seats}
    return {"event": event.pk, "uid": str(event.uid), "link": f"{link}?language=en", "codes": codes}


def event_with_a_door() -> Event:
    """An event of today with more people than seats, of whom one was noted at two doors."""
    event = Event.objects.filter(uid=DOOR_EVENT).first()
    if event:
        return event
    event = event_today(uid=DOOR_EVENT, title="Open house", capacity=1)
    seats = RegistrationFactory.create_batch(60, event=event, organisation_name="House of Ideas")
    for name, seat in (("Main door", seats[0]), ("Side door", seats[0]), ("Side door", seats[1])):
        check_in.note(Door(event, doors.today(), name), scan=uuid4(), person=seat.uuid, kind="in")
    check_in.note_walk_in(
        Door(event, doors.today(), "Side door"), scan=uuid4(), person=uuid4(), name="Walker", language="en"
    )
    return event


def addresses(language: str) -> dict[str, str]:
    """Every place at a door by its name."""
    event = event_with_a_door()
    seat, asked = event.registrations.earliest("pk"), f"?language={language}"
    links = {
        name: reverse("door:start", args=[passes.token_of(door_pass(event, label=f"{name} {language}", day=day))])
        for name, day in (("door link", doors.today()), ("door of another day", doors.today() - timedelta(days=1)))
    }
    door, unknown = reverse("door:page", args=[event.uid]), UUID(int=1)
    places = {
        **links,
        "door code": reverse("door:seat", args=[event.uid, seat.uuid]),
        "door shut": reverse("door:page", args=[unknown]),
        "door without network": reverse("door:shell", args=[event.uid]),
        "door of a seat": reverse("door:seat", args=[event.uid, seat.uuid]),
        "door of an unknown seat": reverse("door:seat", args=[event.uid, unknown]),
        "door, somebody new": reverse("door:walk_in", args=[event.uid]),
    }
    return {name: f"{path}{asked}" for name, path in places.items()} | {"door, nobody found": f"{door}{asked}&q=xyzzyq"}
